using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Cel.Evaluation;
using KubeFed.ApiMachinery.Cel.Values;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Schemas.Rules;

/// <summary>One walk through an object and the one it replaces. Ends when the budget is used up.</summary>
internal sealed class RuleRun(long budget, long callLimit)
{
    private const string OutOfBudget = "validation failed due to running out of cost budget, no further validation rules will be run";
    private const int MaxMessageBytes = 5120;

    private long _budget = budget;

    public FieldErrorList Errors { get; } = [];

    public List<string> Warnings { get; } = [];

    /// <summary>Goes through a value and what is below it.</summary>
    /// <param name="node">The rules.</param>
    /// <param name="path">Where the value is; null for the object itself.</param>
    /// <param name="self">The value; null has no rules.</param>
    /// <param name="old">The value that it replaces, where that can be told.</param>
    /// <param name="nearest">The nearest value for which that can be told; null if nothing is replaced.</param>
    public void Visit(RuleNode node, FieldPath? path, JsonNode? self, JsonNode? old, RulePair? nearest)
    {
        if (self is null || _budget < 0)
        {
            return;
        }

        RunRules(node, path, self, old, nearest);
        switch (self)
        {
            case JsonObject map:
                VisitMembers(node, path, map, old as JsonObject, nearest);
                break;
            case JsonArray list when node.Items is { } items:
                VisitItems(node, items, path, list, old as JsonArray, nearest);
                break;
        }
    }

    private void VisitMembers(RuleNode node, FieldPath? path, JsonObject map, JsonObject? old, RulePair? nearest)
    {
        if (node.Values is null && node.Properties.Count == 0)
        {
            return;
        }

        foreach ((string name, JsonNode? value) in map)
        {
            RuleNode? child = node.Values ?? node.Properties.GetValueOrDefault(name);
            if (child is null || value is null)
            {
                continue;
            }

            JsonNode? oldValue = null;
            bool known = old is not null && old.TryGetPropertyValue(name, out oldValue);
            FieldPath place = node.Values is null ? path?.Child(name) ?? FieldPath.Root(name) : path?.Key(name) ?? FieldPath.Root(name);
            bool hidden = path is null && name is "apiVersion" or "kind";
            Visit(child, place, value, oldValue, hidden ? null : known ? new RulePair(value, oldValue) : nearest);
        }
    }

    private void VisitItems(RuleNode node, RuleNode items, FieldPath? path, JsonArray list, JsonArray? old, RulePair? nearest)
    {
        RuleListIndex? index = old is not null && node.Schema.ListType == ListType.Map ? new RuleListIndex(old, node.Schema.ListMapKeys) : null;
        for (int i = 0; i < list.Count; i++)
        {
            JsonNode? oldItem = index?.Find(list[i]);
            Visit(items, path?.Index(i), list[i], oldItem, oldItem is null ? nearest : new RulePair(list[i], oldItem));
        }
    }

    private void RunRules(RuleNode node, FieldPath? path, JsonNode self, JsonNode? old, RulePair? nearest)
    {
        if (node.Rules.Count == 0)
        {
            return;
        }

        if (_budget == 0)
        {
            Stop(path, Shown(node, self), OutOfBudget);
            return;
        }

        CelValue value = node.Shape is null ? default : CelJson.Read(self, node.Shape);
        CelValue oldValue = node.Shape is null ? default : CelJson.Read(old, node.Shape);
        foreach (CompiledRule rule in node.Rules)
        {
            if (rule.RuleFault is { } fault)
            {
                Errors.Add(FieldError.Invalid(path, Shown(node, self), "rule compile error: " + fault));
                continue;
            }

            if (rule.Program is null || (rule.IsTransition && old is null && !rule.Rule.OptionalOldSelf))
            {
                continue;
            }

            CelValue before = !rule.Rule.OptionalOldSelf ? oldValue : old is null ? CelValue.Optional(CelOptional.None) : CelOptional.Of(oldValue);
            if (!Run(rule, path, Shown(node, self), [value, before], nearest))
            {
                return;
            }
        }
    }

    /// <summary>Runs one rule; false ends the walk.</summary>
    private bool Run(CompiledRule rule, FieldPath? path, FieldValue shown, ReadOnlySpan<CelValue> variables, RulePair? nearest)
    {
        CelValue result = rule.Program!.Evaluate(variables, callLimit, out long cost);
        if (Exceeded(result))
        {
            return Stop(path, shown, $"'{result.AsString}': no further validation rules will be run due to call cost exceeds limit for rule: {rule.Title}");
        }

        if (cost > _budget)
        {
            return Stop(path, shown, OutOfBudget);
        }

        _budget -= cost;
        if (result.IsTrue)
        {
            return true;
        }

        if (result.Kind != CelKind.Bool)
        {
            Errors.Add(FieldError.Invalid(path, shown, Failure(rule, result)));
            return true;
        }

        FieldPath? place = rule.FieldPath is not { Length: > 0 } below ? path : path?.Child(below) ?? FieldPath.Root(below);
        if (!TryMessage(rule, place, shown, variables, out string detail))
        {
            return false;
        }

        Report(rule, Error(place, shown, detail, rule.Rule.Reason), nearest);
        return true;
    }

    private static string Failure(CompiledRule rule, in CelValue result)
    {
        string reason = result.IsError ? result.AsString : CelErrors.NoSuchOverload.AsString;
        return reason.StartsWith("no such overload", StringComparison.Ordinal)
            ? $"'{reason}': call arguments did not match a supported operator, function or macro signature for rule: {rule.Title}"
            : $"{reason} evaluating rule: {rule.Title}";
    }

    /// <summary>What the rule says of a value that fails it; false ends the walk.</summary>
    private bool TryMessage(CompiledRule rule, FieldPath? path, FieldValue shown, ReadOnlySpan<CelValue> variables, out string detail)
    {
        detail = rule.Detail;
        if (rule.Message is null)
        {
            return true;
        }

        CelValue result = rule.Message.Evaluate(variables, callLimit, out long cost);
        if (Exceeded(result))
        {
            string text = GoQuote.Quote(rule.Message.Text);
            return Stop(path, shown, $"no further validation rules will be run due to call cost exceeds limit for messageExpression: {text}");
        }

        if (cost > _budget)
        {
            return Stop(path, shown, "messageExpression evaluation failed due to running out of cost budget, no further validation rules will be run");
        }

        _budget -= cost;
        string message = result.Kind == CelKind.String ? result.AsString.Trim() : string.Empty;
        if (message.Length > 0 && !message.Contains('\n') && System.Text.Encoding.UTF8.GetByteCount(message) <= MaxMessageBytes)
        {
            detail = message;
        }

        return true;
    }

    private void Report(CompiledRule rule, FieldError error, RulePair? nearest)
    {
        if (!rule.IsTransition && nearest is { Unchanged: true })
        {
            Warnings.Add(error.ToString());
        }
        else
        {
            Errors.Add(error);
        }
    }

    private bool Stop(FieldPath? path, FieldValue shown, string detail)
    {
        Errors.Add(FieldError.Invalid(path, shown, detail));
        _budget = -1;
        return false;
    }

    private static bool Exceeded(in CelValue result) => result.IsError && ReferenceEquals(result.AsString, CelCostException.Reason);

    private static FieldError Error(FieldPath? path, FieldValue shown, string detail, string? reason) => reason switch
    {
        "FieldValueForbidden" => FieldError.Forbidden(path, detail),
        "FieldValueRequired" => FieldError.Required(path, detail),
        "FieldValueDuplicate" => FieldError.Duplicate(path, shown),
        _ => FieldError.Invalid(path, shown, detail),
    };

    /// <summary>A scalar itself; of an object or list, its type.</summary>
    private static FieldValue Shown(RuleNode node, JsonNode self) => self.GetValueKind() is JsonValueKind.Object or JsonValueKind.Array
        ? FieldValue.From(SchemaTypeNames.Of(node.Schema.Type))
        : FieldValue.From(self);
}
