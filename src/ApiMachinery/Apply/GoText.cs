using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Json;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Apply;

/// <summary>JSON as Go prints its values: in messages that show them with <c>%v</c> and <c>%#v</c>.</summary>
internal static class GoText
{
    /// <summary>The form of <c>%v</c>: <c>map[a:1 b:[x y]]</c>.</summary>
    public static string Plain(JsonNode? value) => value switch
    {
        null => "<nil>",
        JsonObject map => $"map[{string.Join(' ', Sorted(map).Select(static m => $"{m.Key}:{Plain(m.Value)}"))}]",
        JsonArray list => $"[{string.Join(' ', list.Select(Plain))}]",
        _ when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => Number(value),
    };

    /// <summary>The form of <c>%#v</c>: <c>map[string]interface {}{"a":1}</c>.</summary>
    public static string Syntax(JsonNode? value) => value switch
    {
        null => "interface {}(nil)",
        JsonObject map => $"map[string]interface {{}}{{{string.Join(", ", Sorted(map).Select(static m => $"{GoQuote.Quote(m.Key)}:{Syntax(m.Value)}"))}}}",
        JsonArray list => $"[]interface {{}}{{{string.Join(", ", list.Select(Syntax))}}}",
        _ when value.GetValueKind() == JsonValueKind.String => GoQuote.Quote(value.GetValue<string>()),
        _ => Number(value),
    };

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Sorted(JsonObject map) => map.OrderBy(static m => m.Key, StringComparer.Ordinal);

    private static string Number(JsonNode value)
    {
        var scalar = value.AsValue();
        if (scalar.TryGetValue<long>(out var whole))
        {
            return whole.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return scalar.TryGetValue<double>(out var number) ? GoFloat.FormatGeneral(number) : value.ToJsonString();
    }
}
