// What the hooks of react-query make of the options, in types: this file is compiled, and not run.
import type { Connection } from '@charter/client';
import type { User, UserPage, UserView } from '@charter/client/schemas';
import {
  type FailureOf,
  meRemoveAvatarMutation,
  usersCreateMutation,
  usersGetOptions,
  usersListInfiniteOptions,
} from '@charter/client/tanstack';
import type { UsersGetAnswer } from '@charter/client/users';
import {
  infiniteQueryOptions,
  mutationOptions,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
  useSuspenseQuery,
} from '@tanstack/react-query';

declare const connection: Connection;
const one = usersGetOptions(connection, { userId: '1' });

export function Profile(): string | undefined {
  const { data, error } = useQuery(one);
  const user: UserView | undefined = data;
  const failure: FailureOf<UsersGetAnswer> | null = error;
  if (failure && 'code' in failure) {
    if (failure.code === 'not_found') return failure.requestId;
    // @ts-expect-error no answer of this operation has that code
    if (failure.code === 'email_taken') return '';
  }
  return user?.username;
}

export function Selected(): string | undefined {
  const { data } = useQuery({
    ...one,
    enabled: false,
    staleTime: 5,
    select: ({ username }) => username,
  });
  const name: string | undefined = data;
  const sure: UserView = useSuspenseQuery(one).data;
  const [first] = useQueries({ queries: [one] });
  return name ?? sure.username ?? first.data?.username;
}

export function Pages(): readonly UserView[] | undefined {
  const options = usersListInfiniteOptions(connection, { search: 'ada' });
  const pages: UserPage[] | undefined = useInfiniteQuery(options).data?.pages;
  const { data } = useInfiniteQuery({
    ...infiniteQueryOptions(options),
    select: (all) => all.pages.flatMap(({ items }) => items),
  });
  return data ?? pages?.[0]?.items;
}

export function Form(): User | undefined {
  const client = useQueryClient();
  const removing = useMutation(mutationOptions(meRemoveAvatarMutation(connection)));
  removing.mutate();
  const { mutate, data, error } = useMutation({
    ...usersCreateMutation(connection),
    onSuccess: (user) => client.setQueryData(['mine', user.id], user),
  });
  mutate({ body: { email: 'a@example.com', username: 'ada' } });
  // @ts-expect-error the username is required
  mutate({ body: { email: 'a@example.com' } });
  // @ts-expect-error something is to be created
  mutate();
  if (error && 'code' in error && error.code === 'email_taken') return undefined;
  return data;
}

/** Through `queryOptions` of an adapter, a key knows what is kept under it. */
export function Cached(): UserView | undefined {
  const client = useQueryClient();
  return client.getQueryData(queryOptions(one).queryKey);
}
