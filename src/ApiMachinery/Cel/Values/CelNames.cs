using System.Text;

namespace KubeFed.ApiMachinery.Cel.Values;

/// <summary>The names of properties as expressions write them.</summary>
internal static class CelNames
{
    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop",
        "package", "namespace", "return",
    };

    /// <summary>The name with <c>__dot__</c> and the like for what no identifier has; null if expressions cannot name the property.</summary>
    public static string? Escape(string property)
    {
        if (Keywords.Contains(property))
        {
            return $"__{property}__";
        }

        if (property.Length == 0 || char.IsAsciiDigit(property[0]) || !property.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' or '/'))
        {
            return null;
        }

        return new StringBuilder(property)
            .Replace("__", "__underscores__")
            .Replace(".", "__dot__")
            .Replace("-", "__dash__")
            .Replace("/", "__slash__")
            .ToString();
    }
}
