package badge

// Achievement is what was achieved (section "Achievement").
type Achievement struct {
	Object
	ID                string                  `ob:"id"` // a URI
	Type              []string                `ob:"type"`
	AchievementType   string                  `ob:"achievementType"` // such as "Certificate", or of somebody's own: "ext:…"
	Name              string                  `ob:"name"`
	Description       string                  `ob:"description"`
	Criteria          Criteria                `ob:"criteria,ref"`
	Image             Image                   `ob:"image,ref"`
	Creator           Profile                 `ob:"creator,ref"` // who defined it; need not be who issued the badge
	Alignment         []Alignment             `ob:"alignment"`
	Tag               []string                `ob:"tag,text"`
	CreditsAvailable  *float64                `ob:"creditsAvailable"` // credit hours; nil where not said
	FieldOfStudy      string                  `ob:"fieldOfStudy"`
	Specialization    string                  `ob:"specialization"`
	HumanCode         string                  `ob:"humanCode"`  // such as the number of a course
	InLanguage        string                  `ob:"inLanguage"` // a language tag such as "pt-BR"
	Version           string                  `ob:"version"`
	OtherIdentifier   []IdentifierEntry       `ob:"otherIdentifier"`
	Related           []Related               `ob:"related"` // other languages and versions of the same
	ResultDescription []ResultDescription     `ob:"resultDescription"`
	Endorsement       []EndorsementCredential `ob:"endorsement"`
	EndorsementJWT    []string                `ob:"endorsementJwt"` // the same, each as a compact JWS
}

// Criteria is how the achievement is earned (section "Criteria"). The narrative may hold
// Markdown, and is text by a stranger: escape it before showing it as HTML.
type Criteria struct {
	Object
	ID        string `ob:"id"` // the URL of a page for people; never fetched
	Narrative string `ob:"narrative"`
}

// Image is a picture by reference (section "Image"). It is never fetched; its ID may be a data:
// URL. [Badge.Pictures] decodes it.
type Image struct {
	Object
	ID      string   `ob:"id"`
	Type    []string `ob:"type,bare"`
	Caption string   `ob:"caption"`
}

// Alignment points from an achievement to a node of an educational framework (section
// "Alignment").
type Alignment struct {
	Object
	Type              []string `ob:"type"`
	TargetName        string   `ob:"targetName"`
	TargetURL         string   `ob:"targetUrl"`
	TargetType        string   `ob:"targetType"` // such as "CFItem", or of somebody's own: "ext:…"
	TargetCode        string   `ob:"targetCode"` // unique within its framework
	TargetFramework   string   `ob:"targetFramework"`
	TargetDescription string   `ob:"targetDescription"`
}

// Related is another language or version of an achievement (section "Related").
type Related struct {
	Object
	ID         string   `ob:"id"`
	Type       []string `ob:"type"`
	InLanguage string   `ob:"inLanguage"` // a language tag such as "pt-BR"
	Version    string   `ob:"version"`
}

// IdentifierEntry is an identifier of anything but the recipient (section "IdentifierEntry").
type IdentifierEntry struct {
	Object
	Type           []string `ob:"type,bare"`
	Identifier     string   `ob:"identifier"`
	IdentifierType string   `ob:"identifierType"` // such as "sourcedId", or of somebody's own: "ext:…"
}
