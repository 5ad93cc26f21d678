namespace KubeFed.ApiMachinery.Json;

/// <summary>Text that is not the JSON that was asked for; the message says where and why.</summary>
public sealed class JsonFormatException : FormatException
{
    internal JsonFormatException(string path, string reason, long line, long column, JsonFault fault)
        : base(Describe(path, reason, line, column))
    {
        Path = path;
        Reason = reason;
        Line = line;
        Column = column;
        Fault = fault;
    }

    /// <summary>The field at which reading stopped, as <c>spec.ports[0].name</c>; empty at the root.</summary>
    public string Path { get; }

    /// <summary>What is wrong, without the place.</summary>
    public string Reason { get; }

    /// <summary>Line of the fault, from 1.</summary>
    public long Line { get; }

    /// <summary>Byte in that line, from 1.</summary>
    public long Column { get; }

    internal JsonFault Fault { get; }

    private static string Describe(string path, string reason, long line, long column) =>
        path.Length == 0
            ? $"line {line}, column {column}: {reason}"
            : $"line {line}, column {column}: {path}: {reason}";
}
