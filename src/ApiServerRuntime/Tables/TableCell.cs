using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Json;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Tables;

/// <summary>Writes one column's cell of an object: a JSON value by the column's type, null where the path leads nowhere.</summary>
internal sealed class TableCell
{
    private readonly string _type;
    private readonly CellPath _path;
    private readonly Func<KubeObject, DateTimeOffset, JsonNode?>? _compute;

    public TableCell(PrinterColumn column)
    {
        _type = column.Type;
        _compute = column.Compute;
        _path = CellPath.Parse(column.JsonPath);
        IsCreation = _type == "date" && column.JsonPath == ".metadata.creationTimestamp";
    }

    private bool IsCreation { get; }

    public void Write(Utf8JsonWriter json, KubeObject item, DateTimeOffset now)
    {
        if (IsCreation)
        {
            WriteAge(json, item.Metadata.CreationTimestamp, now);
            return;
        }

        if (_compute is not null)
        {
            WriteComputed(json, _compute(item, now));
            return;
        }

        if (!_path.TryFind(item, out ReadOnlyMemory<byte> raw))
        {
            json.WriteNullValue();
            return;
        }

        var reader = new Utf8JsonReader(raw.Span, new JsonReaderOptions { MaxDepth = KubeObject.MaxDepth });
        reader.Read();
        if (_type == "string")
        {
            WriteText(json, ref reader, raw);
        }
        else
        {
            WriteTyped(json, ref reader, now);
        }
    }

    private static void WriteComputed(Utf8JsonWriter json, JsonNode? value)
    {
        if (value is null)
        {
            json.WriteNullValue();
        }
        else
        {
            value.WriteTo(json);
        }
    }

    private static void WriteText(Utf8JsonWriter json, ref Utf8JsonReader reader, ReadOnlyMemory<byte> raw)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                json.WriteStringValue(reader.GetString());
                return;
            case JsonTokenType.Null:
                json.WriteStringValue("<no value>"u8);
                return;
            case JsonTokenType.Number when !reader.TryGetInt64(out _) && reader.TryGetDouble(out double value):
                json.WriteStringValue(GoFloat.FormatGeneral(value));
                return;
            default:
                json.WriteStringValue(raw.Span);
                return;
        }
    }

    private void WriteTyped(Utf8JsonWriter json, ref Utf8JsonReader reader, DateTimeOffset now)
    {
        switch (_type, reader.TokenType)
        {
            case ("integer", JsonTokenType.Number) when reader.TryGetInt64(out long integer):
                json.WriteNumberValue(integer);
                return;
            case ("integer", JsonTokenType.Number) when reader.TryGetDouble(out double value) && Math.Abs(value) < long.MaxValue:
                json.WriteNumberValue((long)value);
                return;
            case ("number", JsonTokenType.Number) when reader.TryGetDouble(out double number) && double.IsFinite(number):
                json.WriteNumberValue(number);
                return;
            case ("boolean", JsonTokenType.True or JsonTokenType.False):
                json.WriteBooleanValue(reader.GetBoolean());
                return;
            case ("date", JsonTokenType.String):
                WriteDate(json, reader.GetString()!, now);
                return;
            default:
                json.WriteNullValue();
                return;
        }
    }

    private static void WriteDate(Utf8JsonWriter json, string text, DateTimeOffset now)
    {
        if (text.Length == 0 || text == "null")
        {
            WriteAge(json, null, now);
        }
        else if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) && text.Contains('T'))
        {
            WriteAge(json, time, now);
        }
        else
        {
            json.WriteStringValue("<invalid>"u8);
        }
    }

    private static void WriteAge(Utf8JsonWriter json, DateTimeOffset? since, DateTimeOffset now) =>
        json.WriteStringValue(since is { } time ? HumanDuration.Format(now - time) : "<unknown>");
}
