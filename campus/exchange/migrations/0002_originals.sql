-- The resources of the manifest that an original is made of, each with its type, files and references: what a later step
-- needs to read it as if the package were still there.
alter table original add column parts jsonb not null default '[]';
-- Where it stood in the outline: module, item before it, title, published or not, what completed it.
alter table original add column places jsonb not null default '[]';
