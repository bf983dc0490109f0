package badge

import "github.com/badgeproof/badgeproof/vc"

// Framework is a family of frameworks of skills, competencies or occupations.
type Framework string

// The frameworks that Skills tells apart.
const (
	Custom Framework = ""     // any other, such as an issuer's own
	CASE   Framework = "case" // 1EdTech Competencies and Academic Standards Exchange
	CTDL   Framework = "ctdl" // Credential Transparency Description Language, by Credential Engine
	ESCO   Framework = "esco" // European Skills, Competences, Qualifications and Occupations
	ONET   Framework = "onet" // O*NET, of the US Department of Labor
)

// Attainment is whether a credential says that its subject has a skill.
type Attainment uint8

// The attainments.
const (
	Unsaid     Attainment = iota // nothing says so: for example, another level was reached
	Attained                     // the award or a result says so
	Unattained                   // a result is below what is required, or has a status other than Completed
)

// Skill is one alignment of a credential: a node of a framework, and what the credential says about
// the subject and that node. Nothing of it is looked up.
type Skill struct {
	Framework Framework
	// Kind is what the node is within its framework, such as "skill", "occupation", "competency",
	// "item" or "level"; "" where nothing says.
	Kind string
	// Key is the same for two alignments to the same node, however each is written, such as
	// "esco:skill:<uuid>", "ctdl:ce-<uuid>", "onet:15-1252.00" or "case:<uuid>"; for a custom framework it is
	// made of the URL, or of the framework and the code where there is no URL.
	Key string
	// Name, Description, Code, URL, FrameworkName and TargetType are as the alignment has them.
	Name, Description, Code, URL, FrameworkName, TargetType string
	// Place is the class of the object that the alignment stands in: "Achievement",
	// "ResultDescription", "RubricCriterionLevel" or "Result".
	Place string
	// Pointer is where the alignment stands in the credential, as a JSON Pointer.
	Pointer string
	// Achievement is the id of the achievement that the alignment belongs to.
	Achievement string
	// Attained is what the credential says about it, and Outcome the result that says so; it is nil
	// where the award alone does.
	Attained Attainment
	Outcome  *Outcome
}

// Skills returns the skills that a credential speaks of: the alignments of its achievements, of their
// results and rubrics; of a CLR, those of every credential inside, too. They are what the credential
// says, verified or not: only the report of [verify.Verifier.Verify] tells whether it may be
// believed, and each credential inside a CLR needs a report of its own. Alignments without a name, URL or
// code are left out, like everything with the wrong JSON type. At most [MaxSkills] are returned.
func Skills(c *vc.Credential) []Skill { return skills(c) }
