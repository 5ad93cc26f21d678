using System.Text.Json;
using System.Text.Unicode;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Json;

/// <summary>One pass over JSON text that finds everything we refuse.</summary>
internal ref struct JsonScan
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly JsonLimits _limits;
    private readonly FieldPathStack _path = new();
    private readonly Stack<HashSet<string>?> _members = new();
    private readonly Stack<HashSet<string>> _spare = new();
    private Utf8JsonReader _reader;

    private JsonScan(ReadOnlySpan<byte> text, JsonLimits limits, bool single)
    {
        _text = text;
        _limits = limits;
        _reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = limits.MaxDepth + 1, AllowMultipleValues = !single });
    }

    /// <summary>Checks the document at the start of <paramref name="text"/>.</summary>
    /// <returns>Its length in bytes.</returns>
    public static int Check(ReadOnlySpan<byte> text, JsonLimits limits, bool single)
    {
        if (text.Length > limits.MaxBytes)
        {
            throw new JsonFormatException(
                string.Empty, $"the document has {text.Length} bytes: limit is {limits.MaxBytes}", 1, 1, JsonFault.Limit);
        }

        if (!Utf8.IsValid(text))
        {
            throw InvalidUtf8(text);
        }

        return new JsonScan(text, limits, single).Run(single);
    }

    public static ReadOnlySpan<byte> WithoutByteOrderMark(ReadOnlySpan<byte> text) =>
        text.StartsWith("\uFEFF"u8) ? text[3..] : text;

    public static ReadOnlyMemory<byte> WithoutByteOrderMark(ReadOnlyMemory<byte> text) =>
        text.Span.StartsWith("\uFEFF"u8) ? text[3..] : text;

    private int Run(bool single)
    {
        try
        {
            while (_reader.Read())
            {
                Step();
                if (!single && _reader.CurrentDepth == 0 && IsEndOfValue(_reader.TokenType))
                {
                    break;
                }
            }

            return (int)_reader.BytesConsumed;
        }
        catch (JsonException e)
        {
            string reason = _text.IsEmpty ? "the document is empty" : Reason(e);
            throw new JsonFormatException(
                _path.ToString(), reason, (e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1, JsonFault.Syntax);
        }
    }

    private void Step()
    {
        switch (_reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                Member(Text());
                return;
            case JsonTokenType.StartObject:
                Element();
                Open(_spare.TryPop(out HashSet<string>? set) ? set : new HashSet<string>(StringComparer.Ordinal));
                return;
            case JsonTokenType.StartArray:
                Element();
                Open(null);
                _path.Push(-1);
                return;
            case JsonTokenType.EndObject:
                Close();
                return;
            case JsonTokenType.EndArray:
                _path.Pop();
                Close();
                return;
            case JsonTokenType.String:
                Element();
                Text();
                Leave();
                return;
            default:
                Element();
                Leave();
                return;
        }
    }

    private readonly void Element()
    {
        if (_members.TryPeek(out HashSet<string>? members) && members is null)
        {
            _path.Next();
        }
    }

    private readonly void Leave()
    {
        if (_members.TryPeek(out HashSet<string>? members) && members is not null)
        {
            _path.Pop();
        }
    }

    private readonly void Open(HashSet<string>? members)
    {
        if (_reader.CurrentDepth >= _limits.MaxDepth)
        {
            throw Fault($"nested deeper than {_limits.MaxDepth} levels", JsonFault.Limit);
        }

        _members.Push(members);
    }

    private readonly void Close()
    {
        if (_members.Pop() is { } set)
        {
            set.Clear();
            _spare.Push(set);
        }

        Leave();
    }

    private readonly void Member(string name)
    {
        _path.Push(name);
        if (!_members.Peek()!.Add(name) && _limits.RefuseDuplicates)
        {
            throw Fault($"the member {Quoted(name)} is given twice", JsonFault.Content);
        }
    }

    private readonly string Text()
    {
        try
        {
            return _reader.TokenType == JsonTokenType.String && !_reader.ValueIsEscaped ? string.Empty : _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Fault("the string holds half a surrogate pair", JsonFault.Content);
        }
    }

    private readonly JsonFormatException Fault(string reason, JsonFault fault)
    {
        (long line, long column) = PlaceOf(_text, (int)_reader.TokenStartIndex);
        return new JsonFormatException(_path.ToString(), reason, line, column, fault);
    }

    private static bool IsEndOfValue(JsonTokenType token) =>
        token is not (JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.PropertyName);

    private static string Quoted(string name) => name.Length > 100 ? $"\"{name[..100]}...\"" : $"\"{name}\"";

    private static string Reason(JsonException e)
    {
        int place = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return "not JSON: " + (place < 0 ? e.Message : e.Message[..place]).TrimEnd('.');
    }

    private static JsonFormatException InvalidUtf8(ReadOnlySpan<byte> text)
    {
        int valid = 0;
        while (System.Text.Rune.DecodeFromUtf8(text[valid..], out _, out int length) == System.Buffers.OperationStatus.Done)
        {
            valid += length;
        }

        (long line, long column) = PlaceOf(text, valid);
        return new JsonFormatException(string.Empty, "the text is not UTF-8", line, column, JsonFault.Content);
    }

    private static (long Line, long Column) PlaceOf(ReadOnlySpan<byte> text, int index)
    {
        ReadOnlySpan<byte> before = text[..index];
        return (before.Count((byte)'\n') + 1, index - before.LastIndexOf((byte)'\n'));
    }
}
