import type { Messages } from '../index.js';

export const published: Messages['published'] = {
  dossier: 'Досье {id}',
  published: 'Досье {id}, опубликовано {when} с помощью As Posted.',
  read: 'Читать отчёт (на английском)',
  download:
    '<a>Скачать всё</a> (ZIP, {n, plural, one {{n, number} байт} few {{n, number} байта} many {{n, number} байт} other {{n, number} байта}}, SHA-256 {hash})',
  check: '<a>Проверить самостоятельно</a>: перетащите ZIP на ту страницу или выполните {command}',
  parts: 'Части',
  holds: 'Что есть в пакете',
  file: 'файл',
  bytes: 'байты',
  withdrawn: 'Отозвано',
  withdrawnOn: 'Досье {id} отозвано {when} теми, кто его опубликовал.',
};
