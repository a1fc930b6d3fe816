/** Which parameter a number is: the nearest word before it in its sentence that its unit fits (facts/goods §11). */

interface Parameter {
  id: string;
  words: string;
  /** In which numbers are read. */
  read: string;
  /** In which the entries of control lists ask, if not the same. */
  unit?: string;
  factor?: number;
}

const PARAMETERS: readonly Parameter[] = [
  {
    id: 'jamming_range_km',
    words:
      '干扰范围|干扰距离|干扰半径|反制距离|反制半径|干扰设备|干扰|反制|压制距离|压制|дальност\\p{L}* подавлени\\p{L}*|радиус\\p{L}* подавлени\\p{L}*|подавлени\\p{L}*|дальн\\p{L}* придушенн\\p{L}*|придушенн\\p{L}*|подавленн\\p{L}*|jamming (?:range|distance|radius)|jams?(?: at)?',
    read: 'km',
  },
  {
    id: 'detection_range_km',
    words:
      '侦测距离|探测距离|侦测范围|探测范围|侦测半径|侦测|探测|дальност\\p{L}* обнаружени\\p{L}*|обнаружени\\p{L}*|дальн\\p{L}* виявленн\\p{L}*|виявленн\\p{L}*|detection (?:range|distance|radius)|detects?(?: at)?',
    read: 'km',
  },
  {
    id: 'radio_line_of_sight_km',
    words: "视距传输距离|视距|图传距离|通信距离|дальност\\p{L}* (?:связи|передачи)|дальн\\p{L}* зв'язку|line of sight",
    read: 'km',
  },
  { id: 'range_km', words: '航程|最大航程|дальност\\p{L}* пол[её]та|дальн\\p{L}* польоту|flight range', read: 'km' },
  {
    id: 'altitude_m',
    words: '飞行高度|升限|использовани\\p{L}* на высот\\p{L}*|практическ\\p{L}* потол\\p{L}*|service ceiling|altitude',
    read: 'km',
    unit: 'm',
    factor: 1000,
  },
  {
    id: 'length_m',
    words: '光纤长度|光纤|长度|длин\\p{L}*|довжин\\p{L}*|length|spool of|катушк\\p{L}*',
    read: 'km',
    unit: 'm',
    factor: 1000,
  },
  // A bare "range" with nothing else said of it: what sellers of jammers write.
  { id: 'jamming_range_km', words: 'дальност\\p{L}*|дальн(?:ість|ості)|有效距离|作用距离', read: 'km' },
  {
    id: 'instantaneous_bandwidth_mhz',
    words: '瞬时带宽|мгновенн\\p{L}* полос\\p{L}*|instantaneous bandwidth',
    read: 'MHz',
  },
  {
    id: 'real_time_bandwidth_mhz',
    words: '实时分析带宽|实时带宽|полос\\p{L}* анализа в реальном времени|real[- ]time bandwidth',
    read: 'MHz',
  },
  { id: 'ifov_mrad', words: '瞬时视场角|瞬时视场|IFOV', read: 'mrad' },
  { id: 'divergence_mrad', words: '发散角|束散角|расходимост\\p{L}*|divergence', read: 'mrad' },
  {
    id: 'max_continuous_power_kw',
    words: '最大持续功率|最大连续功率|максимальн\\p{L}* продолжительн\\p{L}* мощност\\p{L}*|continuous power',
    read: 'kW',
  },
  { id: 'output_power_kw', words: '输出功率|激光功率|выходн\\p{L}* мощност\\p{L}*|output power', read: 'kW' },
  { id: 'output_power_w', words: 'мощност\\p{L}*|потужн\\p{L}*|输出功率|发射功率|功率|power', read: 'W' },
  {
    id: 'endurance_h',
    words: '续航时间|续航|航时|滞空时间|врем\\p{L}* пол[её]та|час польоту|endurance|flight time',
    read: 'h',
  },
  {
    id: 'endurance_h',
    words: '续航时间|续航|航时|滞空时间|врем\\p{L}* пол[её]та|час польоту|endurance|flight time',
    read: 'min',
    unit: 'h',
    factor: 1 / 60,
  },
  {
    id: 'max_takeoff_mass_kg',
    words:
      '最大起飞重量|最大起飞质量|起飞重量|взл[её]тн\\p{L}* (?:масс|вес)\\p{L}*|злітн\\p{L}* мас\\p{L}*|take-?off (?:weight|mass)',
    read: 'kg',
  },
  { id: 'empty_mass_kg', words: '空机重量|空机质量|масс\\p{L}* пустого|empty (?:weight|mass)', read: 'kg' },
  { id: 'energy_mj', words: '脉冲能量|输出能量|энерги\\p{L}* импульса|pulse energy|output energy', read: 'mJ' },
  { id: 'wavelength_nm', words: '波长|длин\\p{L}* волны|wavelength', read: 'nm' },
  { id: 'netd_mk', words: '噪声等效温差|NETD', read: 'mK' },
  { id: 'stability_percent', words: '能量稳定度|稳定度|стабильност\\p{L}*|stability', read: '%' },
  { id: 'operating_temperature_c', words: '工作温度|рабоч\\p{L}* температур\\p{L}*|operating temperature', read: 'C' },
  { id: 'heading_accuracy_deg', words: '航向精度|точност\\p{L}* курса|heading accuracy', read: 'deg' },
  { id: 'attitude_accuracy_deg', words: '姿态精度|attitude accuracy', read: 'deg' },
  { id: 'switching_time_ms', words: '信道切换时间|切换时间|врем\\p{L}* переключени\\p{L}*|switching time', read: 'ms' },
  { id: 'signal_duration_ms', words: '信号持续时间|signal duration', read: 'ms' },
  {
    id: 'channels',
    words: '接收|扫描|支持|сканиру\\p{L}*|при[её]м\\p{L}*|scan\\p{L}*|receiv\\p{L}*',
    read: 'channels',
    unit: '',
  },
  {
    id: 'aircraft_per_station',
    words: '一站控|同时控制|同时操控|управл\\p{L}* одновременно|controls?(?: up to)?',
    read: 'pieces',
    unit: '',
  },
  { id: 'aerosol_l', words: '气溶胶|喷洒|药箱|аэрозол\\p{L}*|бак\\p{L}*|aerosol|tank', read: 'L' },
  { id: 'energy_density_wh_kg', words: '能量密度|удельн\\p{L}* энерги\\p{L}*|energy density', read: 'Wh/kg' },
  { id: 'voltage_kv', words: '额定电压|напряжени\\p{L}*|voltage', read: 'kV' },
];

interface Compiled extends Parameter {
  pattern: RegExp;
}

const byUnit = new Map<string, Compiled[]>();
for (const each of PARAMETERS) {
  const compiled = { ...each, pattern: new RegExp(each.words, 'giu') };
  byUnit.set(each.read, [...(byUnit.get(each.read) ?? []), compiled]);
}

const SENTENCE = /[。；;！？!?\n]/u;
const REACH = 80;

/** MHz is never read as kilometres, and a range of detection is none of jamming. */
export function parameterBefore(
  text: string,
  at: number,
  read: string,
): { id: string; unit: string; factor: number } | undefined {
  const parameters = byUnit.get(read);
  if (!parameters) return undefined;
  const reach = text.slice(Math.max(0, at - REACH), at);
  const sentence = reach.split(SENTENCE).at(-1)!;
  let best: { parameter: Parameter; at: number } | undefined;
  for (const parameter of parameters)
    for (const match of sentence.matchAll(parameter.pattern)) {
      const end = match.index + match[0].length;
      if (!best || end > best.at) best = { parameter, at: end };
    }
  if (!best) return undefined;
  const { id, unit = read, factor = 1 } = best.parameter;
  return { id, unit, factor };
}
