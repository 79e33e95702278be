import { graphql } from './people.ts';

export const Wrong = graphql(`
  query {
    me {
      usernam
    }
  }
`);
