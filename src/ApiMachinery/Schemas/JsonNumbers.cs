using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Schemas;

/// <summary>Numbers of a tree, whatever .NET type they were made of, as Kubernetes reads them: whole ones as int64, all others as double.</summary>
internal static class JsonNumbers
{
    /// <summary>The number as int64: it is one if it has neither fraction nor exponent and fits.</summary>
    public static bool TryInt64(JsonNode? node, out long number)
    {
        number = 0;
        if (node is not JsonValue value)
        {
            return false;
        }

        if (value.TryGetValue(out number))
        {
            return true;
        }

        if (value.TryGetValue(out int small))
        {
            number = small;
            return true;
        }

        return value.GetValueKind() == JsonValueKind.Number
            && !value.TryGetValue(out JsonElement _)
            && long.TryParse(value.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>The number as double; true for every number that is finite as one.</summary>
    public static bool TryDouble(JsonNode? node, out double number)
    {
        number = 0;
        if (node is not JsonValue value || value.GetValueKind() != JsonValueKind.Number)
        {
            return false;
        }

        if (value.TryGetValue(out number))
        {
            return double.IsFinite(number);
        }

        if (TryInt64(value, out long whole))
        {
            number = whole;
            return true;
        }

        return double.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
    }
}
