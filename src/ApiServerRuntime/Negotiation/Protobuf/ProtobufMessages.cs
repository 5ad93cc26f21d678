using System.Collections.Frozen;
using System.Globalization;

namespace KubeFed.ApiServerRuntime.Negotiation.Protobuf;

/// <summary>
/// The messages of the built-in types that clients send in protobuf, with the field numbers of Kubernetes' own definitions, from the files in
/// <c>Messages</c>. A section <c>[v1]</c> holds the messages of the API versions that it names; <c>meta</c> is of all of them. A line is
/// <c>Message: number name type, ...</c> and goes on where the next one is indented. The name <c>-</c> is of a message whose fields belong to
/// the one around it. Types are <c>s</c> text, <c>i</c> integer, <c>b</c> flag, <c>y</c> bytes, <c>t</c> time, <c>u</c> time with microseconds,
/// <c>j</c> JSON, <c>q</c> quantity, <c>n</c> number or text, or a message, of another section as <c>v1.PodSpec</c>; <c>[s]</c> is a list and
/// <c>{s}</c> a map by text; <c>!</c> behind means that zero and empty are told from absent, or are always there.
/// </summary>
internal static class ProtobufMessages
{
    private const string ResourcePrefix = "protobuf/";
    private const string Meta = "meta";

    private static readonly FrozenDictionary<string, FrozenDictionary<int, ProtobufField>> Messages = Read();

    /// <summary>The names of all messages.</summary>
    public static IEnumerable<string> All => Messages.Keys;

    /// <summary>The fields of a message, by number.</summary>
    public static FrozenDictionary<int, ProtobufField> Fields(string message) => Messages[message];

    /// <summary>The message of a kind, or null when it is not known in protobuf: custom resources are not.</summary>
    public static string? Find(string apiVersion, string kind)
    {
        if (kind == "DeleteOptions")
        {
            return Key(Meta, kind);
        }

        string key = Key(apiVersion, kind);
        return Messages.TryGetValue(key, out var fields) && fields.TryGetValue(1, out var first) && first.Message == Key(Meta, "ObjectMeta") ? key : null;
    }

    private static string Key(string section, string name) => $"{section}/{name}";

    private static FrozenDictionary<string, FrozenDictionary<int, ProtobufField>> Read()
    {
        var messages = new Dictionary<string, FrozenDictionary<int, ProtobufField>>(StringComparer.Ordinal);
        var assembly = typeof(ProtobufMessages).Assembly;
        foreach (string name in assembly.GetManifestResourceNames().Where(static name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            foreach (var (section, message, fields) in Statements(reader))
            {
                messages.Add(Key(section, message), ParseFields(section, fields));
            }
        }

        return messages.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static IEnumerable<(string Section, string Message, string Fields)> Statements(StreamReader reader)
    {
        string[] sections = [];
        string statement = string.Empty;
        for (string? line = reader.ReadLine(); ; line = reader.ReadLine())
        {
            if (line is [' ', ..])
            {
                statement += line;
                continue;
            }

            if (statement.Split(':', 2) is [var message, var fields])
            {
                foreach (string section in sections)
                {
                    yield return (section, message, fields);
                }
            }

            statement = string.Empty;
            switch (line)
            {
                case null:
                    yield break;
                case "" or ['#', ..]:
                    break;
                case ['[', .. var names, ']']:
                    sections = names.Split(' ');
                    break;
                default:
                    statement = line;
                    break;
            }
        }
    }

    private static FrozenDictionary<int, ProtobufField> ParseFields(string section, string fields) => fields
        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(static field => field.Split(' '))
        .ToFrozenDictionary(static parts => int.Parse(parts[0], CultureInfo.InvariantCulture), parts => FieldOf(section, parts[1], parts[2]));

    private static ProtobufField FieldOf(string section, string name, string text)
    {
        bool keeps = text.EndsWith('!');
        var (shape, type) = keeps ? (ProtobufShape.Single, text[..^1]) : ShapeOf(text);
        var holds = TypeOf(type);
        string? message = holds != ProtobufType.Message ? null : type.LastIndexOf('.') is > 0 and var dot ? Key(type[..dot], type[(dot + 1)..]) : Key(section, type);
        return new ProtobufField(name, holds, name == "-" ? ProtobufShape.Inline : shape, keeps, message);
    }

    private static (ProtobufShape Shape, string Type) ShapeOf(string text) => text switch
    {
        ['{', '[', .. var type, ']', '}'] => (ProtobufShape.MapOfLists, type),
        ['[', .. var type, ']'] => (ProtobufShape.List, type),
        ['{', .. var type, '}'] => (ProtobufShape.Map, type),
        _ => (ProtobufShape.Single, text),
    };

    private static ProtobufType TypeOf(string type) => type switch
    {
        "s" => ProtobufType.Text,
        "i" => ProtobufType.Integer,
        "b" => ProtobufType.Flag,
        "y" => ProtobufType.Bytes,
        "t" => ProtobufType.Time,
        "u" => ProtobufType.MicroTime,
        "j" => ProtobufType.RawJson,
        "q" => ProtobufType.Quantity,
        "n" => ProtobufType.IntOrString,
        _ => ProtobufType.Message,
    };
}
