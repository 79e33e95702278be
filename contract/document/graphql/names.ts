/** `UserPage` of `userPage`. */
export function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/**
 * What a value of an enum is called: as it is, wherever GraphQL can spell it. `users:read` becomes
 * `users_read`, and the descending order `-createdAt` is `createdAt_desc`.
 */
export function enumValueName(value: string): string {
  const isDescending = value.startsWith('-');
  const plain = (isDescending ? `${value.slice(1)}_desc` : value).replaceAll(/\W/g, '_');
  return /^[0-9]/.test(plain) ? `_${plain}` : plain;
}
