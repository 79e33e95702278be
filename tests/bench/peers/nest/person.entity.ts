import { IsBoolean, IsEmail, IsInt, IsUUID, Length, Max, Min, ValidateIf } from 'class-validator';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('bench_people')
export class PersonEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text', { name: 'full_name' })
  fullName: string;

  @Column('text')
  email: string;

  @Column('text', { nullable: true })
  city: string | null;

  @Column('integer')
  score: number;

  @Column('boolean', { name: 'is_active' })
  isActive: boolean;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}

export class CreatePersonDto {
  @Length(1, 100)
  fullName: string;

  @IsEmail()
  @Length(1, 254)
  email: string;

  @ValidateIf(({ city }) => city !== null)
  @Length(1, 100)
  city: string | null;

  @IsInt()
  @Min(0)
  @Max(1000)
  score: number;

  @IsBoolean()
  isActive: boolean;
}

export class PageQueryDto {
  @IsUUID()
  after: string;
}
