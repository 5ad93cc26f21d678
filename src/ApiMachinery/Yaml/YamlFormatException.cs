namespace KubeFed.ApiMachinery.Yaml;

/// <summary>Text that is not the YAML (or JSON) that was asked for; the message says where and why.</summary>
public sealed class YamlFormatException : FormatException
{
    internal YamlFormatException(string path, string reason, long line, long column, Exception? cause = null)
        : base(Describe(path, reason, line, column), cause)
    {
        Path = path;
        Reason = reason;
        Line = line;
        Column = column;
    }

    /// <summary>The field at which reading stopped, as <c>spec.ports[0].name</c>; empty where it is the document itself.</summary>
    public string Path { get; }

    /// <summary>What is wrong, without the place.</summary>
    public string Reason { get; }

    /// <summary>Line of the fault in the whole input, from 1.</summary>
    public long Line { get; }

    /// <summary>Character in that line, from 1.</summary>
    public long Column { get; }

    private static string Describe(string path, string reason, long line, long column) =>
        path.Length == 0
            ? $"line {line}, column {column}: {reason}"
            : $"line {line}, column {column}: {path}: {reason}";
}
