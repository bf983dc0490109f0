package badge

import "github.com/badgeproof/badgeproof/vc"

// Scale is what the value of an outcome is measured in.
type Scale uint8

// The scales.
const (
	Plain   Scale = iota // text without an order that is known here, such as a status or "B (good)"
	Number               // a plain number: points, a score, a grade point average
	Percent              // a number of percent; 85 % has the number 85
	Ranked               // one of the allowed values, which are in order from low to high
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
	// [Number] and [Percent], the index among the allowed values for [Ranked].
	Value  string
	Scale  Scale
	Number float64
	// Status is a ResultStatusType such as "Completed"; "" where the result has none.
	Status string
	// Level is the rubric level reached, nil where the result names none.
	Level *RubricLevel
	// Required is the value or the id of the level that the description requires; "" for none.
	Required string
	// Met is whether the result is what is required: [Attained] where it is, [Unattained] where it is
	// not or the status is none of success, and [Unsaid] where nothing is required or the two cannot be compared.
	Met Attainment
	// Pointer is where the result stands in the credential, as a JSON Pointer.
	Pointer string
}

// RubricLevel is the level of a rubric that a result reached.
type RubricLevel struct {
	ID, Name, Level string
	// Points is the number of points of the level; HasPoints is false where it states none or no number.
	Points    float64
	HasPoints bool
	// Rank counts the levels of the description from 0 in the order in which they stand, which should
	// be from low to high.
	Rank int
}

// Outcomes returns the results of a credential; of a CLR, those of every credential inside, too. Like
// [Skills], it shows what the credential says, verified or not.
func Outcomes(c *vc.Credential) []Outcome { return outcomes(c) }
