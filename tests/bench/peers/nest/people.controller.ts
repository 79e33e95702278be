import {
  Body,
  Controller,
  Get,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  Req,
  UseGuards,
} from '@nestjs/common';
import { constant, prefix } from '../world.ts';
import { AuthGuard, type SignedInRequest } from './auth.guard.ts';
import { PeopleService } from './people.service.ts';
import { CreatePersonDto, PageQueryDto } from './person.entity.ts';

@Controller(prefix)
export class PeopleController {
  constructor(private readonly people: PeopleService) {}

  @Get('constant')
  constant() {
    return constant;
  }

  @Get('people/:id')
  find(@Param('id', ParseUUIDPipe) id: string) {
    return this.people.find(id);
  }

  @Get('people')
  async list(@Query() { after }: PageQueryDto) {
    return { items: await this.people.list(after) };
  }

  @Post('people')
  create(@Body() person: CreatePersonDto) {
    return this.people.create(person);
  }

  @Get('mine')
  @UseGuards(AuthGuard)
  mine(@Req() { userId }: SignedInRequest) {
    return this.people.find(userId);
  }
}
