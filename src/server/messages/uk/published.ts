import type { Messages } from '../index.js';

export const published: Messages['published'] = {
  dossier: 'Досьє {id}',
  published: 'Досьє {id}, опубліковано {when} за допомогою As Posted.',
  read: 'Читати звіт (англійською)',
  download:
    '<a>Завантажити все</a> (ZIP, {n, plural, one {{n, number} байт} few {{n, number} байти} many {{n, number} байтів} other {{n, number} байта}}, SHA-256 {hash})',
  check: '<a>Перевірити самостійно</a>: перетягніть ZIP на ту сторінку або виконайте {command}',
  parts: 'Частини',
  holds: 'Що є в пакеті',
  file: 'файл',
  bytes: 'байти',
  withdrawn: 'Відкликано',
  withdrawnOn: 'Досьє {id} відкликано {when} тими, хто його опублікував.',
};
