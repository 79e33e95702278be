import {
  type CanActivate,
  type ExecutionContext,
  Injectable,
  UnauthorizedException,
} from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import type { Request } from 'express';
import { DataSource } from 'typeorm';
import { bearerToken, type CallerRow, cookieHash, liveUserId } from '../caller.ts';
import { callerByCookie, callerByToken } from '../sql.ts';

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
      const { sid } = await this.jwt.verifyAsync(bearerToken(headers.authorization) ?? '');
      return liveUserId(await this.caller(callerByToken.text, sid), 'tokens');
    }
    const hash = cookieHash(headers.cookie);
    return liveUserId(await this.caller(callerByCookie.text, hash), 'cookie');
  }

  private async caller(sql: string, key: string | undefined): Promise<CallerRow | undefined> {
    const [row] = await this.database.query(sql, [key]);
    return row;
  }
}
