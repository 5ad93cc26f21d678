using System.Globalization;
using System.Text;
using System.Text.Json;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>Finds members that JSON gives more than once in one object.</summary>
internal static class DuplicateMembers
{
    private const int MaxReported = 100;

    /// <summary>The paths, as <c>spec.ports[0].name</c>, each once and at most a hundred.</summary>
    public static IReadOnlyList<string> Find(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = KubeObject.MaxDepth * 4 });
        var found = new List<string>();
        var levels = new Stack<Level>();
        while (reader.Read() && found.Count < MaxReported)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    var level = levels.Peek();
                    level.Name = reader.GetString()!;
                    if (!level.Names!.Add(level.Name) && Path(levels) is var path && !found.Contains(path, StringComparer.Ordinal))
                    {
                        found.Add(path);
                    }

                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    Next(levels);
                    levels.Push(new Level(reader.TokenType == JsonTokenType.StartObject));
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    levels.Pop();
                    break;
                default:
                    Next(levels);
                    break;
            }
        }

        return found;
    }

    private static void Next(Stack<Level> levels)
    {
        if (levels.TryPeek(out var level) && level.Names is null)
        {
            level.Index++;
        }
    }

    private static string Path(Stack<Level> levels)
    {
        var text = new StringBuilder();
        foreach (var level in levels.Reverse())
        {
            if (level.Names is null)
            {
                text.Append('[').Append(level.Index.ToString(CultureInfo.InvariantCulture)).Append(']');
            }
            else
            {
                text.Append(text.Length > 0 ? "." : string.Empty).Append(level.Name);
            }
        }

        return text.ToString();
    }

    private sealed class Level(bool isObject)
    {
        public HashSet<string>? Names { get; } = isObject ? new HashSet<string>(StringComparer.Ordinal) : null;

        public string Name { get; set; } = string.Empty;

        public int Index { get; set; } = -1;
    }
}
