package simulate

// The words that simulated studies are written in. Every place, firm and person
// is invented; the romanisation is loosely Wade-Giles, as on signboards.

// word is one thing in the two scripts.
type word struct{ en, zh string }

// place is a cluster's name, its region and the trade most of its firms are in,
// by index into sectors.
type place struct {
	word
	region string
	trade  int
}

var places = []place{
	{word{"Wuwan Bay", "霧灣"}, "north coast", 0},
	{word{"Shihlu Head", "石鷺角"}, "north coast", 6},
	{word{"Taichien Stream", "苔澗"}, "inner hills", 1},
	{word{"Sungwu Hollow", "松塢"}, "inner hills", 4},
	{word{"Chihyun Terrace", "織雲坪"}, "east rift", 2},
	{word{"Luhung Pool", "鹿泓"}, "east rift", 3},
	{word{"Lanting Sands", "藍汀"}, "east rift", 2},
	{word{"Suishan Foot", "燧山腳"}, "south ridge", 0},
	{word{"Taiku Valley", "黛谷"}, "south ridge", 5},
	{word{"Shupo Slope", "曙坡"}, "south ridge", 1},
	{word{"Yenyu Isle", "鹽嶼"}, "outer isles", 6},
	{word{"Chingtu Landing", "鯨渡"}, "outer isles", 7},
}

// sector is a firm's trade as the roster codes it and as names tell it.
type sector struct {
	code string
	word
}

var sectors = []sector{
	{"pottery", word{"Pottery", "陶瓷"}},
	{"tea", word{"Tea", "茶業"}},
	{"weaving", word{"Weaving", "織造"}},
	{"bamboo", word{"Bamboo Craft", "竹藝"}},
	{"wood", word{"Woodcraft", "木藝"}},
	{"paper", word{"Paper", "紙業"}},
	{"fishery", word{"Seafood", "漁產"}},
	{"foods", word{"Foods", "食品"}},
	{"lodging", word{"Guesthouse", "民宿"}},
}

// A firm's own name is one of the first words with one of the second. No two
// share a romanisation within a list, so no two firms share a name.
var (
	firstWords = []word{
		{"Hsin", "新"}, {"Yung", "永"}, {"Ta", "大"}, {"Chin", "金"}, {"Fu", "福"}, {"Shun", "順"},
		{"Ho", "和"}, {"Hung", "宏"}, {"Tai", "泰"}, {"Te", "德"}, {"Chien", "建"}, {"Kuang", "光"},
		{"Ming", "明"}, {"Ching", "清"}, {"Lung", "隆"}, {"Chang", "昌"}, {"Wan", "萬"}, {"San", "三"},
		{"Tung", "東"}, {"Kao", "高"}, {"Jui", "瑞"}, {"Mei", "美"},
	}
	secondWords = []word{
		{"Yuan", "源"}, {"Hsing", "興"}, {"Fa", "發"}, {"Sheng", "盛"}, {"Li", "利"}, {"Feng", "豐"},
		{"An", "安"}, {"Cheng", "成"}, {"Hua", "華"}, {"Chi", "吉"}, {"Yi", "益"}, {"Tien", "田"},
		{"Shan", "山"}, {"Hai", "海"}, {"Lin", "林"}, {"Chuan", "泉"}, {"Ping", "平"}, {"Jung", "榮"},
		{"Nan", "南"}, {"Hsiang", "祥"}, {"Chia", "家"}, {"Ko", "格"},
	}
)

// wrongCharacters stand for a character misheard or mistyped; none is used in a
// firm's name.
var wrongCharacters = []string{"員", "猿", "姓", "伐", "聲", "曆", "鋒", "岸", "城", "話"}

// outsiders are firms that informants name and no roster lists.
var outsiders = []string{
	"Metropolis Export Trading", "大港貿易行", "Northern Wholesale Market", "省城百貨", "the county training office",
}

var practiceNames = []string{
	"wood-ash finish", "shared firing calendar", "open-book costing", "apprentice exchange", "local dye plants",
	"hand sorting", "night market stall", "joint label", "harvest festival orders", "repair in kind",
	"mold library", "water testing", "slow drying", "pattern archive", "visitor workshop",
	"offcut reuse", "common price list", "morning tasting", "tool lending", "two-family shifts",
}

var taskNames = []string{
	"trade fair", "bulk purchase", "joint order", "training course", "festival stall", "road repair", "shared delivery",
}

// firstTaskYear and taskYears give each task name a year: "trade fair 2021".
const (
	firstTaskYear = 2019
	taskYears     = 5
)
