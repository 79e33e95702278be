import 'reflect-metadata';
import { createPublicKey } from 'node:crypto';
import { Module, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { TypeOrmModule } from '@nestjs/typeorm';
import { announce } from '../announce.ts';
import { poolSize, readWorld } from '../world.ts';
import { AuthGuard } from './auth.guard.ts';
import { PeopleController } from './people.controller.ts';
import { PeopleService } from './people.service.ts';
import { PersonEntity } from './person.entity.ts';

// NestJS on its default platform (Express) with TypeORM, ValidationPipe and @nestjs/jwt.

const { databaseUrl, publicJwk, issuer, audience } = readWorld();

@Module({
  imports: [
    TypeOrmModule.forRoot({
      type: 'postgres',
      url: databaseUrl,
      entities: [PersonEntity],
      poolSize,
    }),
    TypeOrmModule.forFeature([PersonEntity]),
    JwtModule.register({
      publicKey: createPublicKey({ key: publicJwk, format: 'jwk' })
        .export({ type: 'spki', format: 'pem' })
        .toString(),
      verifyOptions: { algorithms: ['ES256'], issuer, audience, clockTolerance: 30 },
    }),
  ],
  controllers: [PeopleController],
  providers: [PeopleService, AuthGuard],
})
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: false });
app.useGlobalPipes(
  new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }),
);
await app.init();
announce(app.getHttpServer());
