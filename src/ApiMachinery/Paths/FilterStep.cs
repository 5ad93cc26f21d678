using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Paths;

/// <summary>To the items of a list for which a condition holds.</summary>
/// <param name="left">What is compared.</param>
/// <param name="comparison">The operator; null asks only whether the left side exists.</param>
/// <param name="right">What it is compared with; null without an operator.</param>
internal sealed class FilterStep(FilterOperand left, string? comparison, FilterOperand? right) : PathStep
{
    public override void Follow(JsonNode? node, List<JsonNode?> results)
    {
        if (node is not JsonArray list)
        {
            return;
        }

        foreach (var item in list)
        {
            if (Holds(item))
            {
                results.Add(item);
            }
        }
    }

    private bool Holds(JsonNode? item)
    {
        var lefts = left.Evaluate(item);
        if (comparison is null || lefts.Count == 0)
        {
            return lefts.Count > 0;
        }

        var rights = right!.Evaluate(item);
        return lefts.Count == 1 && rights.Count == 1 && Compare(lefts[0], rights[0]);
    }

    private bool Compare(JsonNode? a, JsonNode? b) => comparison switch
    {
        "==" => JsonNode.DeepEquals(a, b),
        "!=" => !JsonNode.DeepEquals(a, b),
        _ => Order(a, b) is { } order && comparison switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        },
    };

    // Null where the two have no order.
    private static int? Order(JsonNode? a, JsonNode? b)
    {
        if (a is not JsonValue first || b is not JsonValue second || first.GetValueKind() != second.GetValueKind())
        {
            return null;
        }

        return first.GetValueKind() switch
        {
            JsonValueKind.Number => Number(first).CompareTo(Number(second)),
            JsonValueKind.String => string.CompareOrdinal(first.GetValue<string>(), second.GetValue<string>()),
            _ => null,
        };
    }

    private static double Number(JsonValue value) =>
        double.Parse(value.ToJsonString(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture);
}
