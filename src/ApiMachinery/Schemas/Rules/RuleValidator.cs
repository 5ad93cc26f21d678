using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Schemas.Rules;

/// <summary>
/// The rules of a schema (<c>x-kubernetes-validations</c>), compiled: they see <c>self</c>, the value they are declared at, and on updates
/// <c>oldSelf</c>, the value that it replaces, where that can be told: below fields, keys of maps and keys of lists of type map. Of a whole
/// object only the name and generateName of its metadata are visible. Immutable; safe to share between threads. Costs are bounded when rules run;
/// unlike the API server nothing is estimated when they are compiled, and rules inside <c>allOf</c> are not run.
/// </summary>
public sealed class RuleValidator
{
    /// <summary>What one run of one rule may cost.</summary>
    public const long CallCostLimit = 1_000_000;

    /// <summary>What all rules may cost together for one object.</summary>
    public const long ObjectCostBudget = 10_000_000;

    private static readonly ConditionalWeakTable<StructuralSchema, RuleValidator> Compiled = [];

    private readonly RuleNode? _root;

    private RuleValidator(RuleNode? root) => _root = root;

    /// <summary>Whether the schema has any rules; without, validation costs nothing.</summary>
    public bool HasRules => _root is not null;

    /// <summary>The validator of the schema of a whole object, compiled at the first call and kept as long as the schema is.</summary>
    public static RuleValidator For(StructuralSchema schema) =>
        Compiled.GetValue(schema, static s => new RuleValidator(RuleNode.Compile(s)));

    /// <summary>What is wrong with the rules themselves, for refusing the definition that has them.</summary>
    /// <param name="path">Where the schema is in the definition, as <c>spec.validation.openAPIV3Schema</c>.</param>
    public FieldErrorList Check(FieldPath path)
    {
        FieldErrorList errors = [];
        if (_root is not null)
        {
            RuleChecks.Check(_root, path, uncorrelatable: null, errors);
        }

        return errors;
    }

    /// <summary>
    /// Validates an object that is pruned, defaulted and of the types of the schema. On an update, a rule that does not read
    /// <c>oldSelf</c> and fails at an unchanged value only warns.
    /// </summary>
    /// <param name="self">The object. It must not be changed meanwhile.</param>
    /// <param name="old">The object that it replaces; null on creation.</param>
    public RuleOutcome Validate(JsonNode self, JsonNode? old = null) => Validate(self, old, ObjectCostBudget, CallCostLimit);

    internal RuleOutcome Validate(JsonNode self, JsonNode? old, long budget, long callLimit)
    {
        if (_root is null)
        {
            return new RuleOutcome([], []);
        }

        var run = new RuleRun(budget, callLimit);
        run.Visit(_root, path: null, self, old, old is null ? null : new RulePair(self, old));
        return new RuleOutcome(run.Errors, run.Warnings);
    }
}
