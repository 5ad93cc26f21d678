using System.Runtime.CompilerServices;
using System.Text.Json;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Negotiation;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Tables;

/// <summary>The columns of a type's version, compiled. Immutable.</summary>
internal sealed class TableLayout
{
    private const string NameDescription = "The name of the object, unique among the objects of the resource in a namespace.";
    private const string AgeDescription = "When the server stored the object first.";
    private static readonly PrinterColumn Age = new("Age", "date", ".metadata.creationTimestamp", Description: AgeDescription);
    private static readonly PrinterColumn CreatedAt = new("Created At", "date", ".metadata.creationTimestamp", Description: AgeDescription);
    private static readonly ConditionalWeakTable<ResourceTypeVersion, TableLayout> Layouts = [];
    private readonly TableCell[] _cells;
    private readonly byte[] _columns;
    private readonly bool _leadsWithName;

    private TableLayout(IReadOnlyList<PrinterColumn> columns, bool leadsWithName = true)
    {
        _leadsWithName = leadsWithName;
        _cells = [.. columns.Select(static column => new TableCell(column))];
        _columns = WriteColumns(columns, leadsWithName);
    }

    /// <summary>The columns of what is not the type itself: Scale and computed subresources.</summary>
    public static TableLayout Default { get; } = new([CreatedAt]);

    /// <summary>The array of column definitions.</summary>
    public ReadOnlySpan<byte> Columns => _columns;

    public static TableLayout Of(ResourceTypeVersion version) =>
        Layouts.GetValue(version, static v => new TableLayout(v.PrinterColumns.Count > 0 ? v.PrinterColumns : [Age], v.LeadsWithName));

    /// <summary>Writes the array of an object's cells.</summary>
    public void WriteCells(Utf8JsonWriter json, KubeObject item, DateTimeOffset now)
    {
        json.WriteStartArray();
        if (_leadsWithName)
        {
            json.WriteStringValue(item.Metadata.Name);
        }

        foreach (TableCell cell in _cells)
        {
            cell.Write(json, item, now);
        }

        json.WriteEndArray();
    }

    private static byte[] WriteColumns(IReadOnlyList<PrinterColumn> columns, bool leadsWithName)
    {
        using var buffer = new PooledBuffer();
        using (var json = new Utf8JsonWriter(buffer, JsonFormatting.Compact))
        {
            json.WriteStartArray();
            if (leadsWithName)
            {
                WriteColumn(json, new PrinterColumn("Name", "string", string.Empty, "name", NameDescription));
            }

            foreach (PrinterColumn column in columns)
            {
                WriteColumn(json, column);
            }

            json.WriteEndArray();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteColumn(Utf8JsonWriter json, PrinterColumn column)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, column.Name);
        json.WriteString("type"u8, column.Type);
        json.WriteString("format"u8, column.Format);
        json.WriteString("description"u8, column.Description.Length > 0
            ? column.Description
            : $"Custom resource definition column (in JSONPath format): {column.JsonPath}");
        json.WriteNumber("priority"u8, column.Priority);
        json.WriteEndObject();
    }
}
