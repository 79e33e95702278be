import {
  type CanActivate,
  type ExecutionContext,
  Injectable,
  UnauthorizedException,
} from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import type { Request } from 'express';
import { DataSource } from 'typeorm';
import { idOfKey, type KeyRow, userIdOfKey } from '../api-key.ts';
import { bearerToken, type CallerRow, cookieHash, liveUserId } from '../caller.ts';
import { callerByCookie, callerByKey, callerByToken } from '../sql.ts';

export type SignedInRequest = Request & { userId: string };

@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly jwt: JwtService,
    private readonly database: DataSource,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<SignedInRequest>();
    const userId = await this.userOf(request);
    if (!userId) throw new UnauthorizedException();
    request.userId = userId;
    return true;
  }

  private async userOf({ headers }: Request): Promise<string | undefined> {
    if (headers.authorization) {
      const given = bearerToken(headers.authorization) ?? '';
      const keyId = idOfKey(given);
      if (keyId) return userIdOfKey(await this.row<KeyRow>(callerByKey.text, keyId), given);
      const { sid } = await this.jwt.verifyAsync(given);
      return liveUserId(await this.row<CallerRow>(callerByToken.text, sid), 'tokens');
    }
    const hash = cookieHash(headers.cookie);
    return liveUserId(await this.row<CallerRow>(callerByCookie.text, hash), 'cookie');
  }

  private async row<Row>(sql: string, key: string | undefined): Promise<Row | undefined> {
    const [row] = await this.database.query(sql, [key]);
    return row;
  }
}
