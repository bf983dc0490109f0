package badge

import "github.com/badgeproof/badgeproof/vc"

// Scale is what the value of an outcome is measured in.
type Scale uint8

// The scales.
const (
	Worded     Scale = iota // text without an order that is known here, or no value at all
	Numeric                 // a plain number: points, a score, a grade point average
	Percentage              // a number of percent; 85 % has the number 85
	Ranked                  // one of the allowed values, which are in order from low to high
)

// Outcome is one result of a credential together with the description that it refers to (Open Badges 3.0,
// classes Result, ResultDescription and RubricCriterionLevel), as a typed value.
type Outcome struct {
	// Name is the name of the description, Type its resultType, such as "LetterGrade" or
	// "GradePointAverage"; both are "" where the result has no description.
	Name, Type string
	// Achievement and Description are the ids of the achievement and of the description.
	Achievement, Description string
	// Value is the value as it is written, Scale what it is measured in, and Number the number for
	// [Numeric] and [Percentage].
	Value  string
	Scale  Scale
	Number float64
	// Allowed are the allowed values from low to high, shared and read-only, and Rank is the index of the value among them; -1
	// where it is not. Min and Max are the limits of the value.
	Allowed  []string
	Rank     int
	Min, Max string
	// Status is a ResultStatusType such as "Completed"; "" where the result has none.
	Status string
	// Level is the rubric level reached, nil where the result names none.
	Level *RubricLevel
	// RequiredValue and RequiredLevel, an id, are what the description requires; "" for nothing.
	RequiredValue, RequiredLevel string
	// Met is whether the result is what is required: [Attained] where it is, or the status is "Completed" and
	// nothing is required; [Unattained] where it is not, or the status is "Failed", "Withdrew", "Enrolled" or
	// "InProgress"; and [Unsaid] otherwise, as where the two cannot be compared.
	Met Attainment
	// Pointer is where the result stands in the credential, as a JSON Pointer.
	Pointer string

	d         *description // nil where the result has none
	illegible bool         // there is a status, and it is no text
}

// RubricLevel is the level of a rubric that a result reached.
type RubricLevel struct {
	ID, Name, Level string
	// Points is the number of points of the level; HasPoints is false where it states none or no number.
	Points    float64
	HasPoints bool
	// Rank is the index among the levels of the description, which should be in order from low to high;
	// -1 for a level that is none of them.
	Rank int
}

// Outcomes returns the results of a credential; of a CLR, those of every credential inside, too. Like
// [Skills], it shows what the credential says, verified or not, and at most [MaxSkills].
func Outcomes(c *vc.Credential) []Outcome { return outcomes(c) }
