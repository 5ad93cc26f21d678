using KubeFed.ApiMachinery.Cel;
using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Schemas.Rules;

/// <summary>A rule, compiled for the type of the values it is about; or why it cannot be.</summary>
internal sealed class CompiledRule
{
    private const string Self = "self";
    private const string OldSelf = "oldSelf";

    private CompiledRule(ValidationRule rule) => Rule = rule;

    public ValidationRule Rule { get; }

    /// <summary>Null if there is a fault, or nothing to run.</summary>
    public CelProgram? Program { get; private set; }

    public CelProgram? Message { get; private set; }

    public string? FieldPath { get; private set; }

    /// <summary>Why the rule cannot run.</summary>
    public string? RuleFault { get; private set; }

    public string? MessageFault { get; private set; }

    public string? FieldPathFault { get; private set; }

    /// <summary>Whether the rule is about a change: it reads the old value.</summary>
    public bool IsTransition => Program?.Reads(OldSelf) ?? false;

    /// <summary>What messages call the rule.</summary>
    public string Title => Text(Rule.Message) ?? Rule.Rule.Trim();

    /// <summary>What is said of a value that fails the rule.</summary>
    public string Detail => Text(Rule.Message) ?? $"failed rule: {Rule.Rule.Trim()}";

    public static CompiledRule From(ValidationRule rule, StructuralSchema schema, CelShape? shape)
    {
        var compiled = new CompiledRule(rule);
        if (shape is null)
        {
            string type = SchemaTypeNames.Of(schema.Type);
            compiled.RuleFault = "rule compiler initialization error: rule declared on schema that does not support validation rules type: "
                + $"'{type}' x-kubernetes-preserve-unknown-fields: '{(schema.PreserveUnknownFields ? "true" : "false")}'";
            return compiled;
        }

        CelType old = rule.OptionalOldSelf ? CelType.OptionalOf(shape.Type) : shape.Type;
        var environment = new CelEnvironment([(Self, shape.Type), (OldSelf, old)]);
        (compiled.Program, compiled.RuleFault) = Compile(environment, rule.Rule, CelTypeKind.Bool, "cel expression must evaluate to a bool", string.Empty);
        if (rule.MessageExpression is { Length: > 0 } message)
        {
            (compiled.Message, compiled.MessageFault) = Compile(
                environment, message, CelTypeKind.String, "messageExpression must evaluate to a string", "messageExpression ");
        }

        if (rule.FieldPath is { Length: > 0 } path)
        {
            (compiled.FieldPath, compiled.FieldPathFault) = RuleFieldPath.Resolve(path, schema);
        }

        return compiled;
    }

    private static string? Text(string? message) => string.IsNullOrEmpty(message) ? null : message.Trim();

    private static (CelProgram? Program, string? Fault) Compile(CelEnvironment environment, string text, CelTypeKind wanted, string mistyped, string what)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return (null, null);
        }

        try
        {
            CelProgram program = environment.Compile(text);
            return program.ResultType.Kind == wanted ? (program, null) : (null, mistyped);
        }
        catch (CelCompileException e)
        {
            return (null, $"{what}compilation failed: {e.Message}");
        }
    }
}
