/**
 * Places of China as they stand at the head of Chinese organisation names, each with its names in Latin letters, the usual first: pinyin
 * but where another name is in use (Harbin, Keelung) or pinyin is misread (六安, 单县). General geography, no list was mined.
 */

/** Provinces, prefectures and the best-known cities: read in Latin letters, they are a place there too. */
export const HAN_PLACES = `
北京beijing/peking 上海shanghai 天津tianjin/tientsin 重庆chongqing/chungking 河北hebei 山西shanxi 辽宁liaoning 吉林jilin 黑龙江heilongjiang
江苏jiangsu 浙江zhejiang 安徽anhui 福建fujian 江西jiangxi 山东shandong 河南henan 湖北hubei 湖南hunan 广东guangdong 海南hainan 四川sichuan/szechuan
贵州guizhou 云南yunnan 陕西shaanxi/shanxi 甘肃gansu 青海qinghai 广西guangxi 宁夏ningxia 新疆xinjiang/sinkiang 石家庄shijiazhuang 唐山tangshan
秦皇岛qinhuangdao 邯郸handan 邢台xingtai 保定baoding 张家口zhangjiakou 承德chengde 沧州cangzhou 廊坊langfang 衡水hengshui 太原taiyuan 大同datong
阳泉yangquan 长治changzhi 晋城jincheng 朔州shuozhou 晋中jinzhong 运城yuncheng 忻州xinzhou 临汾linfen 吕梁lvliang/luliang/lyuliang
呼和浩特hohhot/huhehaote 包头baotou 乌海wuhai 赤峰chifeng 通辽tongliao 鄂尔多斯ordos/eerduosi 呼伦贝尔hulunbuir/hulunbeier
巴彦淖尔bayannur/bayannaoer 乌兰察布ulanqab/wulanchabu 满洲里manzhouli/manchuria 沈阳shenyang 大连dalian 鞍山anshan 抚顺fushun 本溪benxi 丹东dandong
锦州jinzhou 营口yingkou 阜新fuxin 辽阳liaoyang 盘锦panjin 铁岭tieling 朝阳chaoyang 葫芦岛huludao 长春changchun 四平siping 辽源liaoyuan 通化tonghua
白山baishan 松原songyuan 白城baicheng 延边yanbian 珲春huichun 哈尔滨harbin/haerbin 齐齐哈尔qiqihar/qiqihaer 鸡西jixi 鹤岗hegang 双鸭山shuangyashan
大庆daqing 伊春yichun 佳木斯jiamusi 七台河qitaihe 牡丹江mudanjiang 黑河heihe 绥化suihua 绥芬河suifenhe 抚远fuyuan 南京nanjing/nanking 无锡wuxi 徐州xuzhou
常州changzhou 苏州suzhou 南通nantong 连云港lianyungang 淮安huaian 盐城yancheng 扬州yangzhou 镇江zhenjiang 泰州taizhou 宿迁suqian 昆山kunshan
江阴jiangyin 张家港zhangjiagang 常熟changshu 杭州hangzhou 宁波ningbo 温州wenzhou 嘉兴jiaxing 湖州huzhou 绍兴shaoxing 金华jinhua 衢州quzhou
舟山zhoushan 台州taizhou 丽水lishui 义乌yiwu 慈溪cixi 余姚yuyao 合肥hefei 芜湖wuhu 蚌埠bengbu 淮南huainan 马鞍山maanshan 淮北huaibei 铜陵tongling
安庆anqing 黄山huangshan 滁州chuzhou 阜阳fuyang 宿州suzhou 六安luan 亳州bozhou 池州chizhou 宣城xuancheng 福州fuzhou 厦门xiamen/amoy 莆田putian
三明sanming 泉州quanzhou 漳州zhangzhou 南平nanping 龙岩longyan 宁德ningde 南昌nanchang 景德镇jingdezhen 萍乡pingxiang 九江jiujiang 新余xinyu
鹰潭yingtan 赣州ganzhou 吉安jian 宜春yichun 抚州fuzhou 上饶shangrao 济南jinan 青岛qingdao/tsingtao 淄博zibo 枣庄zaozhuang 东营dongying 烟台yantai
潍坊weifang 济宁jining 泰安taian 威海weihai 日照rizhao 临沂linyi 德州dezhou 聊城liaocheng 滨州binzhou 菏泽heze 单县shanxian 郑州zhengzhou 开封kaifeng
洛阳luoyang 平顶山pingdingshan 安阳anyang 鹤壁hebi 新乡xinxiang 焦作jiaozuo 濮阳puyang 许昌xuchang 漯河luohe 三门峡sanmenxia 南阳nanyang 商丘shangqiu
信阳xinyang 周口zhoukou 驻马店zhumadian 武汉wuhan 黄石huangshi 十堰shiyan 宜昌yichang 襄阳xiangyang 鄂州ezhou 荆门jingmen 孝感xiaogan 荆州jingzhou
黄冈huanggang 咸宁xianning 随州suizhou 恩施enshi 长沙changsha 株洲zhuzhou 湘潭xiangtan 衡阳hengyang 邵阳shaoyang 岳阳yueyang 常德changde
张家界zhangjiajie 益阳yiyang 郴州chenzhou 永州yongzhou 怀化huaihua 娄底loudi 湘西xiangxi 广州guangzhou/canton 韶关shaoguan 深圳shenzhen 珠海zhuhai
汕头shantou/swatow 佛山foshan 江门jiangmen 湛江zhanjiang 茂名maoming 肇庆zhaoqing 惠州huizhou 梅州meizhou 汕尾shanwei 河源heyuan 阳江yangjiang
清远qingyuan 东莞dongguan 中山zhongshan 潮州chaozhou 揭阳jieyang 云浮yunfu 顺德shunde 南宁nanning 柳州liuzhou 桂林guilin 梧州wuzhou 北海beihai
防城港fangchenggang 钦州qinzhou 贵港guigang 玉林yulin 百色baise 贺州hezhou 河池hechi 来宾laibin 崇左chongzuo 海口haikou 三亚sanya 成都chengdu 自贡zigong
攀枝花panzhihua 泸州luzhou 德阳deyang 绵阳mianyang 广元guangyuan 遂宁suining 内江neijiang 乐山leshan 南充nanchong 眉山meishan 宜宾yibin 广安guangan
达州dazhou 雅安yaan 巴中bazhong 资阳ziyang 贵阳guiyang 六盘水liupanshui 遵义zunyi 安顺anshun 昆明kunming 曲靖qujing 玉溪yuxi 保山baoshan 昭通zhaotong
丽江lijiang 普洱puer 临沧lincang 大理dali 弥勒mile 拉萨lhasa 日喀则shigatse/xigaze/rikaze 西安xian 铜川tongchuan 宝鸡baoji 咸阳xianyang 渭南weinan
延安yanan 汉中hanzhong 榆林yulin 安康ankang 商洛shangluo 兰州lanzhou 嘉峪关jiayuguan 金昌jinchang 白银baiyin 天水tianshui 武威wuwei 张掖zhangye
平凉pingliang 酒泉jiuquan 庆阳qingyang 定西dingxi 西宁xining 银川yinchuan 石嘴山shizuishan 吴忠wuzhong 固原guyuan 中卫zhongwei 乌鲁木齐urumqi/wulumuqi
克拉玛依karamay/kelamayi 吐鲁番turpan/tulufan 哈密hami 喀什kashgar/kashi 和田hotan/hetian 伊犁ili/yili 阿克苏aksu/akesu
霍尔果斯khorgos/horgos/huoerguosi 石河子shihezi 台北taipei 新北newtaipei/xinbei 桃园taoyuan 台中taichung 台南tainan 高雄kaohsiung 新竹hsinchu
浦东pudong 海淀haidian 朝阳区chaoyang 南山nanshan 宝安baoan 龙岗longgang 福田futian 罗湖luohu 香港hongkong/hk 澳门macau/macao 台湾taiwan
内蒙古innermongolia/neimenggu 西藏tibet/xizang
`.trim();

/** Cities of counties, counties and districts: their pinyin is also the pinyin of many brands, so only the characters count. */
export const HAN_COUNTIES = `
辛集xinji 晋州jinzhou 遵化zunhua 迁安qianan 滦州luanzhou 武安wuan 南宫nangong 涿州zhuozhou 高碑店gaobeidian 定州dingzhou 泊头botou 任丘renqiu
黄骅huanghua 河间hejian 霸州bazhou 深州shenzhou 平泉pingquan 香河xianghe 固安guan 永年yongnian 玉田yutian 正定zhengding 雄安xiongan 白沟baigou
古交gujiao 高平gaoping 介休jiexiu 永济yongji 河津hejin 原平yuanping 侯马houma 霍州huozhou 孝义xiaoyi 汾阳fenyang 怀仁huairen 太谷taigu 清徐qingxu
襄汾xiangfen 霍林郭勒huolinguole 牙克石yakeshi 扎兰屯zhalantun 额尔古纳ergun/eerguna 根河genhe 丰镇fengzhen 乌兰浩特ulanhot/wulanhaote 阿尔山aershan
二连浩特erenhot/erlianhaote/erlian 锡林浩特xilinhot/xilinhaote 锡林郭勒xilingol/xilinguole 阿拉善alxa/alashan 准格尔jungar/zhungeer 达拉特dalate
瓦房店wafangdian 庄河zhuanghe 海城haicheng 凤城fengcheng 凌海linghai 北镇beizhen 盖州gaizhou 大石桥dashiqiao 调兵山tiaobingshan 开原kaiyuan
北票beipiao 凌源lingyuan 兴城xingcheng 旅顺lushun/lvshun 普兰店pulandian 榆树yushu 德惠dehui 蛟河jiaohe 桦甸huadian 舒兰shulan 磐石panshi
公主岭gongzhuling 双辽shuangliao 梅河口meihekou 集安jian 临江linjiang 扶余fuyu 洮南taonan 延吉yanji 图们tumen 敦化dunhua 龙井longjing 农安nongan
尚志shangzhi 五常wuchang 讷河nehe 虎林hulin 密山mishan 铁力tieli 同江tongjiang 富锦fujin 海林hailin 宁安ningan 穆棱muling 东宁dongning
五大连池wudalianchi 嫩江nenjiang 安达anda 肇东zhaodong 海伦hailun 漠河mohe 双城shuangcheng 阿城acheng 大兴安岭daxinganling 宜兴yixing 新沂xinyi
邳州pizhou 溧阳liyang 金坛jintan 太仓taicang 启东qidong 如皋rugao 海门haimen 东台dongtai 仪征yizheng 高邮gaoyou 丹阳danyang 扬中yangzhong 句容jurong
靖江jingjiang 泰兴taixing 吴江wujiang 吴中wuzhong 相城xiangcheng 江宁jiangning 浦口pukou 六合luhe/liuhe 溧水lishui 高淳gaochun 武进wujin 江都jiangdu
姜堰jiangyan 锡山xishan 沭阳shuyang 泗阳siyang 泗洪sihong 沛县peixian 丰县fengxian 睢宁suining 灌南guannan 如东rudong 阜宁funing 建湖jianhu 射阳sheyang
宝应baoying 盱眙xuyi 建德jiande 瑞安ruian 乐清yueqing 龙港longgang 海宁haining 平湖pinghu 桐乡tongxiang 诸暨zhuji 嵊州shengzhou 兰溪lanxi 东阳dongyang
永康yongkang 温岭wenling 临海linhai 玉环yuhuan 萧山xiaoshan 余杭yuhang 临安linan 富阳fuyang 桐庐tonglu 淳安chunan 鄞州yinzhou 镇海zhenhai 北仑beilun
奉化fenghua 象山xiangshan 宁海ninghai 永嘉yongjia 平阳pingyang 苍南cangnan 泰顺taishun 嘉善jiashan 德清deqing 安吉anji 柯桥keqiao 上虞shangyu
新昌xinchang 浦江pujiang 磐安panan 黄岩huangyan 椒江jiaojiang 仙居xianju 缙云jinyun 青田qingtian 龙游longyou 常山changshan 开化kaihua 嵊泗shengsi
岱山daishan 巢湖chaohu 无为wuwei 桐城tongcheng 潜山qianshan 天长tianchang 界首jieshou 宁国ningguo 广德guangde 肥东feidong 肥西feixi 繁昌fanchang
歙县shexian 绩溪jixi 福清fuqing 石狮shishi 晋江jinjiang 南安nanan 邵武shaowu 武夷山wuyishan 建瓯jianou 漳平zhangping 福鼎fuding 龙海longhai 惠安huian
安溪anxi 德化dehua 闽侯minhou 连江lianjiang 仙游xianyou 永春yongchun 同安tongan 集美jimei 乐平leping 瑞昌ruichang 共青城gongqingcheng 庐山lushan
贵溪guixi 瑞金ruijin 龙南longnan 井冈山jinggangshan 樟树zhangshu 丰城fengcheng 高安gaoan 鄱阳poyang 婺源wuyuan 胶州jiaozhou 平度pingdu 莱西laixi
即墨jimo 滕州tengzhou 龙口longkou 莱阳laiyang 莱州laizhou 招远zhaoyuan 栖霞qixia 海阳haiyang 蓬莱penglai 青州qingzhou 诸城zhucheng 寿光shouguang
安丘anqiu 高密gaomi 昌邑changyi 曲阜qufu 邹城zoucheng 新泰xintai 肥城feicheng 荣成rongcheng 乳山rushan 乐陵leling 禹城yucheng 临清linqing 邹平zouping
章丘zhangqiu 莱芜laiwu 兖州yanzhou 文登wendeng 黄岛huangdao 崂山laoshan 博兴boxing 广饶guangrao 临朐linqu 昌乐changle 梁山liangshan 曹县caoxian
郓城yuncheng 茌平chiping 平邑pingyi 沂水yishui 莒县juxian 桓台huantai 巩义gongyi 荥阳xingyang 新密xinmi 新郑xinzheng 登封dengfeng 偃师yanshi 舞钢wugang
汝州ruzhou 林州linzhou 卫辉weihui 辉县huixian 长垣changyuan 沁阳qinyang 孟州mengzhou 禹州yuzhou 长葛changge 义马yima 灵宝lingbao 永城yongcheng
项城xiangcheng 济源jiyuan 邓州dengzhou 中牟zhongmu 兰考lankao 固始gushi 滑县huaxian 民权minquan 大冶daye 丹江口danjiangkou 宜都yidou 当阳dangyang
枝江zhijiang 老河口laohekou 枣阳zaoyang 宜城yicheng 钟祥zhongxiang 京山jingshan 应城yingcheng 安陆anlu 汉川hanchuan 石首shishou 洪湖honghu 松滋songzi
监利jianli 麻城macheng 武穴wuxue 赤壁chibi 利川lichuan 仙桃xiantao 潜江qianjiang 神农架shennongjia 汉阳hanyang 武昌wuchang 汉口hankou 江夏jiangxia
浏阳liuyang 宁乡ningxiang 醴陵liling 湘乡xiangxiang 韶山shaoshan 耒阳leiyang 常宁changning 武冈wugang 邵东shaodong 汨罗miluo 临湘linxiang 津市jinshi
沅江yuanjiang 资兴zixing 洪江hongjiang 冷水江lengshuijiang 涟源lianyuan 吉首jishou 望城wangcheng 增城zengcheng 从化conghua 乐昌lechang 南雄nanxiong
台山taishan 开平kaiping 鹤山heshan 恩平enping 廉江lianjiang 雷州leizhou 吴川wuchuan 高州gaozhou 化州huazhou 信宜xinyi 兴宁xingning 陆丰lufeng
阳春yangchun 英德yingde 连州lianzhou 普宁puning 罗定luoding 番禺panyu 花都huadou 南沙nansha 越秀yuexiu 荔湾liwan 黄埔huangpu 禅城chancheng 新会xinhui
斗门doumen 横琴hengqin 前海qianhai 盐田yantian 坪山pingshan 大亚湾dayawan 惠阳huiyang 惠东huidong 博罗boluo 潮阳chaoyang 澄海chenghai 潮南chaonan
饶平raoping 郁南yunan 云安yunan 佛冈fogang 翁源wengyuan 怀集huaiji 高要gaoyao 横州hengzhou 荔浦lipu 岑溪cenxi 桂平guiping 北流beiliu 靖西jingxi
平果pingguo 凭祥pingxiang 合山heshan 合浦hepu 文昌wenchang 琼海qionghai 万宁wanning 五指山wuzhishan 儋州danzhou 三沙sansha 洋浦yangpu 澄迈chengmai
博鳌boao 都江堰dujiangyan 彭州pengzhou 邛崃qionglai 崇州chongzhou 简阳jianyang 广汉guanghan 什邡shifang 绵竹mianzhu 江油jiangyou 峨眉山emeishan
阆中langzhong 华蓥huaying 万源wanyuan 马尔康maerkang 康定kangding 会理huili 西昌xichang 射洪shehong 隆昌longchang 双流shuangliu 郫县pixian 郫都pidu
温江wenjiang 龙泉驿longquanyi 阿坝aba 甘孜garze/ganzi 凉山liangshan 清镇qingzhen 仁怀renhuai 盘州panzhou 凯里kaili 都匀duyun 毕节bijie 铜仁tongren
黔西qianxi 黔东南qiandongnan 黔南qiannan 黔西南qianxinan 安宁anning 宣威xuanwei 腾冲tengchong 楚雄chuxiong 禄丰lufeng 个旧gejiu 开远kaiyuan 蒙自mengzi
文山wenshan 景洪jinghong 瑞丽ruili 芒市mangshi 泸水lushui 香格里拉shangrila/xianggelila 水富shuifu 西双版纳xishuangbanna 德宏dehong 怒江nujiang
迪庆diqing 磨憨mohan 勐腊mengla 彬州binzhou 韩城hancheng 华阴huayin 兴平xingping 神木shenmu 子长zichang 杨凌yangling 靖边jingbian 府谷fugu 高陵gaoling
户县huxian 泾阳jingyang 玉门yumen 敦煌dunhuang 华亭huating 临夏linxia 甘南gannan 陇南longnan 山丹shandan 德令哈delingha/delhi 格尔木golmud/geermu
玉树yushu 海东haidong 茫崖mangya 果洛guoluo 灵武lingwu 青铜峡qingtongxia 昌吉changji 阜康fukang 博乐bole 库尔勒korla/kuerle 阿图什artux/atushi
奎屯kuitun 伊宁yining 塔城tacheng 乌苏wusu 阿勒泰altay/aletai 巴音郭楞bayingolin/bayinguoleng 阿拉山口alashankou 五家渠wujiaqu 图木舒克tumxuk/tumushuke
铁门关tiemenguan 北屯beitun 库车kuqa/kuche 沙湾shawan 克孜勒苏kezilesu 博尔塔拉bortala/boertala 莎车yarkand/shache 疏勒shule 墨玉moyu 洛浦luopu
皮山pishan 叶城yecheng 巴楚bachu 阿拉尔aral/alaer 昌都changdu/qamdo 林芝nyingchi/linzhi 山南shannan 那曲nagqu/naqu 基隆keelung/jilong
嘉义chiayi/jiayi 彰化changhua/zhanghua 屏东pingtung/pingdong 宜兰yilan 花莲hualien/hualian 台东taitung/taidong 苗栗miaoli 南投nantou 云林yunlin
内湖neihu 丰台fengtai 石景山shijingshan 门头沟mentougou 房山fangshan 通州tongzhou 顺义shunyi 昌平changping 怀柔huairou 平谷pinggu 密云miyun 延庆yanqing
中关村zhongguancun 亦庄yizhuang 徐汇xuhui 静安jingan 普陀putuo 虹口hongkou 杨浦yangpu 闵行minhang 嘉定jiading 松江songjiang 青浦qingpu 奉贤fengxian
崇明chongming 临港lingang 张江zhangjiang 武清wuqing 宝坻baodi 静海jinghai 蓟州jizhou 东丽dongli 津南jinnan 北辰beichen 塘沽tanggu 汉沽hangu 渝北yubei
渝中yuzhong 江北jiangbei 沙坪坝shapingba 九龙坡jiulongpo 万州wanzhou 涪陵fuling 北碚beibei 巴南banan 江津jiangjin 合川hechuan 永川yongchuan 大足dazu
璧山bishan 铜梁tongliang 荣昌rongchang 海沧haicang 湖里huli 翔安xiangan 闽清minqing 马尾mawei 仓山cangshan 晋安jinan 九龙kowloon/jiulong
新界newterritories/xinjie 观塘kwuntong/guantang 荃湾tsuenwan/quanwan 旺角mongkok/wangjiao 湾仔wanchai/wanzai 尖沙咀tsimshatsui/jianshazui
元朗yuenlong/yuanlang 沙田shatin/shatian 屯门tuenmun/tunmen 葵涌kwaichung/kuiyong 柴湾chaiwan 西咸xixian
`.trim();

/** Words that only say what a place is: dropped after it. */
export const HAN_PLACE_SUFFIX =
  /^(?:维吾尔自治区|回族自治区|壮族自治区|自治区|特别行政区|自治州|省|市(?![政场])|区(?!块)|县|州)/;

/** `某某市`, `某某县` where a place may stand: one that no gazetteer needs to know. */
export const HAN_UNKNOWN_PLACE =
  /^(?:[\u4e00-\u9fff]{2,3}?(?:(?<![超城上门都])市(?!场)|镇(?!流)|(?<![园新业发社])区(?![块域]))|[\u4e00-\u9fff]{1,3}?县)/;

/** Latin letters that are more often another word than the place. */
export const NOT_LATIN_PLACES = new Set(
  'mile dali hami luan jian ili yili aksu hetian kashi jixi hebi heze puer yaan ezhou canton manchuria chiayi amoy'.split(
    ' ',
  ),
);
/** Short, and no other word. */
export const SHORT_LATIN_PLACES = new Set('xian wuxi wuhu yiwu zibo'.split(' '));
