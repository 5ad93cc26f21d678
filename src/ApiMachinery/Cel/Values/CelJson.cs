using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Cel.Values;

/// <summary>JSON as values. Objects and lists are not copied but read where an expression looks.</summary>
internal static class CelJson
{
    public static CelValue Read(JsonNode? node, CelShape shape) => node switch
    {
        null => CelValue.Null,
        JsonObject map => shape.Kind is CelSchemaKind.Object or CelSchemaKind.Map or CelSchemaKind.Any
            ? CelValue.Map(new CelJsonMap(map, shape))
            : Mismatch(shape, "map"),
        JsonArray list => shape.Kind is CelSchemaKind.List or CelSchemaKind.Any ? CelValue.List(new CelJsonList(list, shape)) : Mismatch(shape, "list"),
        JsonValue value => Scalar(value, shape),
        _ => Mismatch(shape, "unknown"),
    };

    private static CelValue Scalar(JsonValue value, CelShape shape) => value.GetValueKind() switch
    {
        JsonValueKind.String => Text(value.GetValue<string>(), shape),
        JsonValueKind.True => Bool(value: true, shape),
        JsonValueKind.False => Bool(value: false, shape),
        JsonValueKind.Number => Number(value, shape),
        _ => CelValue.Null,
    };

    private static CelValue Bool(bool value, CelShape shape) =>
        shape.Kind is CelSchemaKind.Bool or CelSchemaKind.Any ? CelValue.Bool(value) : Mismatch(shape, "bool");

    private static CelValue Number(JsonValue value, CelShape shape)
    {
        if (shape.Kind is not (CelSchemaKind.Int or CelSchemaKind.Double or CelSchemaKind.Any))
        {
            return Mismatch(shape, "number");
        }

        if (TryLong(value, out long whole))
        {
            return shape.Kind == CelSchemaKind.Double ? CelValue.Double(whole) : CelValue.Int(whole);
        }

        double number = value.TryGetValue(out double real) ? real : double.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);
        if (shape.Kind != CelSchemaKind.Int)
        {
            return CelValue.Double(number);
        }

        return Math.Floor(number) == number && Math.Abs(number) < 9.2e18 ? CelValue.Int((long)number) : Mismatch(shape, "float64");
    }

    private static bool TryLong(JsonValue value, out long whole)
    {
        if (value.TryGetValue(out whole))
        {
            return true;
        }

        if (value.TryGetValue(out int small))
        {
            whole = small;
            return true;
        }

        return !value.TryGetValue(out JsonElement _)
            && long.TryParse(value.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out whole);
    }

    private static CelValue Text(string text, CelShape shape)
    {
        switch (shape.Kind)
        {
            case CelSchemaKind.String or CelSchemaKind.Any:
                return CelValue.String(text);
            case CelSchemaKind.Duration:
                return CelDuration.TryParse(text, out long nanos) ? CelValue.Duration(nanos) : CelValue.Error($"Invalid duration {text}");
            case CelSchemaKind.Timestamp:
                return CelTimestamp.TryParse(text, out CelTimestamp time) ? CelValue.Timestamp(time) : CelValue.Error($"Invalid date-time formatted string {text}");
            case CelSchemaKind.Date:
                return CelTimestamp.TryParse(text + "T00:00:00Z", out CelTimestamp date)
                    ? CelValue.Timestamp(date)
                    : CelValue.Error($"Invalid date formatted string {text}");
            case CelSchemaKind.Bytes:
                byte[] bytes = new byte[(text.Length / 4 * 3) + 3];
                return Convert.TryFromBase64String(text, bytes, out int length)
                    ? CelValue.Bytes(bytes[..length])
                    : CelValue.Error($"Invalid byte formatted string {text}");
            default:
                return Mismatch(shape, "string");
        }
    }

    private static CelValue Mismatch(CelShape shape, string found) => CelValue.Error($"invalid data, expected {shape.Type}, got {found}");
}
