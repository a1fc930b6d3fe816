/**
 * Given names that are one name in several languages, and their patronymics. Names a person chooses between (Георгий and
 * Юрий) stay apart. From general knowledge; no list was mined.
 */
import { plain } from './tokens.js';

/** One name a line, in its spellings; a spelling stands in one line only. */
export const GIVEN_NAMES = `
николай микола мікола мікалай nikolai nikolay nicholas mykola mikalai nikolaj
владимир володимир уладзімір vladimir volodymyr uladzimir wladimir
алексей олексій олексiй аляксей aleksei alexey alexei oleksii oleksiy aliaksei aleksey alexej
александр олександр аляксандр aleksandr alexander oleksandr aliaksandr alexandre aleksander oleksander alexandr
александра олександра аляксандра aleksandra alexandra oleksandra aliaksandra
дмитрий дмитро дзмітрый дмитрiй dmitry dmitri dmitrii dmitriy dmytro dzmitry dmitrij
сергей сергій сергiй сяргей siarhei sergei sergey serhii serhiy serguei sergej
елена олена алена elena olena alena yelena helena
ирина ірина iрина ірына irina iryna
анна ганна anna hanna ganna
павел павло павал pavel pavlo paval
михаил михайло міхаіл mikhail mykhailo mikhailo mihail michael mikhaylo mykhaylo
григорий григорій рыгор grigory grigorii hryhorii ryhor grigoriy grigori hryhoriy
евгений євген яўген evgeny evgenii yevgeny yevhen yauhen eugene evgeniy yevgeniy evgueni
евгения євгенія evgenia yevgenia yevheniia evgeniya yevgeniya
юрий юрій юрый yury yuri yurii yuriy iurii juri
игорь ігор iгор ігар igor ihor ihar
олег алег oleg oleh aleh
андрей андрій андрэй andrei andrey andrii andriy andrej
василий василь васіль vasily vasilii vasyl vasil vasiliy vasili
виктор віктор віктар viktor victor viktar
виктория вікторія вікторыя viktoria victoria viktoriia viktoriya
виталий віталій віталь vitaly vitalii vitali vitaliy
валерий валерій валерый valery valerii valeri valeriy
геннадий геннадій генадзь gennady gennadii hennadii henadz gennadiy
анатолий анатолій анатоль anatoly anatolii anatol anatoliy
николь nicole
иван іван iван ян ivan
петр пётр петро пятро petr pyotr petro piotr piatro peter
степан stepan сцяпан stsiapan
федор фёдор федір fedor fyodor fedir feodor theodore
илья ілля ілья iлля ilya illia ilia ilja
кирилл кирило кірыл kirill kyrylo kiryl cyril
константин костянтин канстанцін konstantin kostiantyn kanstantsin constantine kostyantyn
леонид леонід леанід leonid leanid
максим максім maksim maxim maksym
никита микита мікіта nikita mykyta mikita
роман раман roman raman
руслан ruslan
святослав svyatoslav sviatoslav
семен семён semen semyon simon
тимофей тимофій timofey timofei tymofii
филипп пилип philip filipp pylyp
эдуард едуард эдвард eduard edward
ярослав яраслаў yaroslav iaroslav yaraslau jaroslav
яков яків якаў yakov yakiv jakov jacob
наталья наталия наталія наталля natalia natalya nataliia natallia nataliya
татьяна тетяна таццяна tatiana tatyana tetiana tatsiana tetyana tatjana
светлана світлана святлана svetlana svitlana sviatlana
екатерина катерина кацярына ekaterina kateryna yekaterina katsiaryna catherine katerina katherine kathryn kate kathy catharine
ольга вольга olga olha volha
марина маріна марына marina maryna
арина arina
диана diana
дина dina
алина аліна alina
ангелина anhelina angelina
маргарита margarita
марк mark marc
мартин martin
марат marat
мурат murat
ринат rinat
ренат renat
рустам rustam
равиль ravil
карина karina
кристина крістіна kristina christina khrystyna
яна yana jana
янина yanina
мария марія марыя maria mariia mariya marya
дарья дарина даря daria darya daryna
ксения ксенія kseniya ksenia kseniia xenia
юлия юлія yulia yuliia julia iuliia yuliya
людмила liudmila lyudmila людміла ludmila
надежда надія надзея nadezhda nadiia nadzeya
любовь любов lyubov liubov
вера віра vera vira
нина ніна nina
лариса larisa larysa
оксана аксана oksana aksana
полина поліна polina palina
софия софья софія sofia sofya sophia
антон anton
артем артём арцём artem artyom artsiom
богдан bogdan bohdan
вячеслав вячаслаў viacheslav vyacheslav
всеволод усеволод vsevolod
глеб гліб hleb gleb hlib
данил даниил данило danil daniil danylo daniel
денис дзяніс denis denys dzianis
егор єгор ягор egor yegor yahor
захар zakhar
матвей матвій matvey matvii
станислав станіслав станіслаў stanislav stanislau
георгий георгій georgy georgii heorhii georgiy
аркадий аркадій arkady arkadii arkadiy arkadi
борис барыс boris borys barys
вадим вадзім vadim vadym vadzim
родион radion rodion
тимур timur tymur
зинаида zinaida
галина halyna galina
мухаммед мохаммед muhammad mohammed mohammad mohamed muhammed mohamad mehmed mohammod محمد
ахмед ahmad ahmed achmed احمد
осама усама usama osama oussama اسامة
хусейн hussein husayn hussain hossein husain housin حسين
юсуф yusuf yousef youssef yusef يوسف
умар омар umar omar عمر
ибрагим ibrahim ebrahim brahim ابراهيم
абдулла abdullah abdallah abdulla عبدالله
robert bob rob bobby
william bill will billy
richard dick rick
james jim jimmy
joseph joe josef
jeffrey jeff geoffrey
timothy tim
lawrence larry laurence
frederick fred frederik fredrick
thomas tom
steven steve stephen
elizabeth liz beth
benjamin ben
charles charlie chuck
donald don
kenneth ken
`.trim();

let groups: Map<string, number> | undefined;

function table(): Map<string, number> {
  if (groups) return groups;
  // As the words of a name are folded, or a spelling with a hamza would never be met.
  groups = new Map(
    GIVEN_NAMES.split('\n').flatMap((line, at) => line.split(' ').map((name) => [plain(name), at + 1] as const)),
  );
  return groups;
}

/** Patronymics that drop or change letters of the name. */
const IRREGULAR = `
якович яковлевич yakovlevich yakovych yakovich iakovlevich яковлевна яківна yakovlevna yakivna якаўлевіч
ильич ильинична ілліч іллівна ilyich ilich illich illivna ilyinichna ilinichna
львович lvovich львівна львовна lvovna
`.trim();

let fathersOf: Map<string, number> | undefined;

function fathers(): Map<string, number> {
  fathersOf ??= new Map(
    IRREGULAR.split('\n').flatMap((line, at) => line.split(' ').map((word) => [word, -(10_000 + at)] as const)),
  );
  return fathersOf;
}

const PATRONYMIC =
  /^(.{3,}?)(?:[оеёiіаyы]в[иiіы]ч|[иiі]ч|[оеёіа][вў]н[аы]|[ъь]?[иії]вна|[oeau](?:v|w|u)(?:y|i|ii|yi|iy)?(?:ch|tch|č|c|tj|tsch)|yevich|iyevich|ievich|yovych|ovych|evych|[ieyoau]+vn[ay]|[ao]?una|ichna|inichna|ична|инична)$/;

/** The group of a given name; of a patronymic the negative group of the father's name. 0 = none known. */
export function givenGroup(token: string): number {
  const irregular = fathers().get(token);
  if (irregular !== undefined) return irregular;
  const own = table().get(token);
  if (own !== undefined) return own;
  const father = fatherOf(token);
  if (father === undefined) return 0;
  for (const ending of [
    '',
    'й',
    'ий',
    'ій',
    'ы',
    'ь',
    'y',
    'i',
    'ii',
    'a',
    'я',
    'о',
    'o',
    'iy',
    'ay',
    'ey',
    'ei',
    'ай',
    'ей',
  ]) {
    const group = table().get(father + ending);
    if (group !== undefined) return -group;
  }
  return 0;
}

/** The stem of the father's name; undefined when the word is no patronymic. */
export function fatherOf(token: string): string | undefined {
  return PATRONYMIC.exec(token)?.[1];
}

export function isPatronymic(token: string): boolean {
  return /(?:[оеёа]в[иіiы]ч|[оеёіа][вў]н[аы]|[oeauy]+v[iy]+t?ch|[oeay]+vn[ay]|ilych|ilyich|ильич|ілліч|oglu|оглы|qizi|кызы)$/.test(
    token,
  );
}
