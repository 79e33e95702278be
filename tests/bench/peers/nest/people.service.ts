import { randomUUIDv7 } from 'node:crypto';
import { Injectable, NotFoundException } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { MoreThan, Repository } from 'typeorm';
import { pageSize } from '../world.ts';
import { CreatePersonDto, PersonEntity } from './person.entity.ts';

@Injectable()
export class PeopleService {
  constructor(@InjectRepository(PersonEntity) private readonly people: Repository<PersonEntity>) {}

  async find(id: string): Promise<PersonEntity> {
    const person = await this.people.findOneBy({ id });
    if (!person) throw new NotFoundException();
    return person;
  }

  list(after: string): Promise<PersonEntity[]> {
    return this.people.find({
      where: { id: MoreThan(after) },
      order: { id: 'ASC' },
      take: pageSize,
    });
  }

  /** `insert`, not `save`: one statement, where `save` would select first and open a transaction. */
  async create({ fullName, email, city, score, isActive }: CreatePersonDto): Promise<PersonEntity> {
    const row = {
      id: randomUUIDv7(),
      fullName,
      email,
      city,
      score,
      isActive,
      createdAt: new Date(),
    };
    await this.people.insert(row);
    return row;
  }
}
