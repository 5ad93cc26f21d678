using System.Text;
using KubeFed.ApiMachinery.Cel.Checking;
using KubeFed.ApiMachinery.Cel.Evaluation;
using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Library;

/// <summary>The methods of texts. Positions count code points. Going through a text costs a tenth of a unit for each.</summary>
internal static class CelStrings
{
    public static void Register(CelLibrary library)
    {
        library.CostedMethod("startsWith", static (f, a) => Traversed(f, a[1], CelValue.Bool(a[0].AsString.StartsWith(a[1].AsString, StringComparison.Ordinal))), "string, string -> bool");
        library.CostedMethod("endsWith", static (f, a) => Traversed(f, a[1], CelValue.Bool(a[0].AsString.EndsWith(a[1].AsString, StringComparison.Ordinal))), "string, string -> bool");
        library.CostedMethod("contains", Contains, "string, string -> bool");
        library.CostedMethod("lowerAscii", static (f, a) => Traversed(f, a[0], CelValue.String(CelText.Lower(a[0].AsString))), "string -> string");
        library.CostedMethod("upperAscii", static (f, a) => Traversed(f, a[0], CelValue.String(CelText.Upper(a[0].AsString))), "string -> string");
        library.CostedMethod("trim", static (f, a) => Traversed(f, a[0], CelValue.String(a[0].AsString.Trim())), "string -> string");
        library.CostedMethod("reverse", Reverse, "string -> string");
        library.CostedMethod("charAt", CharAt, "string, int -> string");
        library.CostedMethod("indexOf", IndexOf, "string, string -> int", "string, string, int -> int");
        library.CostedMethod("lastIndexOf", LastIndexOf, "string, string -> int", "string, string, int -> int");
        library.CostedMethod("substring", Substring, "string, int -> string", "string, int, int -> string");
        library.CostedMethod("replace", Replace, "string, string, string -> string", "string, string, string, int -> string");
        library.CostedMethod("split", Split, "string, string -> list<string>", "string, string, int -> list<string>");
        library.CostedMethod("join", Join, "list<string> -> string", "list<string>, string -> string");
        library.CostedMethod("format", CelFormat.Format, "string, list<dyn> -> string");
        library.CostedFunction("strings.quote", static (f, a) => Traversed(f, a[0], CelValue.String(Validation.GoQuote.Quote(a[0].AsString))), "string -> string");
    }

    public static CelValue Traversed(CelFrame frame, in CelValue text, in CelValue result)
    {
        frame.ChargeTraversal(text.AsString.Length);
        return result;
    }

    private static CelValue Contains(CelFrame frame, ReadOnlySpan<CelValue> a)
    {
        frame.Charge(((a[0].AsString.Length + 9L) / 10) * ((a[1].AsString.Length + 9L) / 10));
        return CelValue.Bool(a[0].AsString.Contains(a[1].AsString, StringComparison.Ordinal));
    }

    private static CelValue Reverse(CelFrame frame, ReadOnlySpan<CelValue> a)
    {
        frame.ChargeTraversal(a[0].AsString.Length);
        Rune[] runes = [.. a[0].AsString.EnumerateRunes()];
        Array.Reverse(runes);
        return CelValue.String(string.Concat(runes));
    }

    private static CelValue CharAt(CelFrame frame, ReadOnlySpan<CelValue> a)
    {
        string text = a[0].AsString;
        frame.ChargeTraversal(text.Length);
        int at = CelText.Position(text, a[1].AsInt);
        if (at < 0)
        {
            return OutOfRange(a[1].AsInt);
        }

        return CelValue.String(at == text.Length ? string.Empty : text.Substring(at, char.IsSurrogatePair(text, at) ? 2 : 1));
    }

    private static CelValue IndexOf(CelFrame frame, ReadOnlySpan<CelValue> a)
    {
        string text = a[0].AsString;
        frame.ChargeTraversal(text.Length);
        int from = a.Length == 2 ? 0 : CelText.Position(text, a[2].AsInt);
        return from < 0 ? OutOfRange(a[2].AsInt) : CelValue.Int(CelText.Index(text, text.IndexOf(a[1].AsString, from, StringComparison.Ordinal)));
    }

    private static CelValue LastIndexOf(CelFrame frame, ReadOnlySpan<CelValue> a)
    {
        string text = a[0].AsString;
        frame.ChargeTraversal(text.Length);
        int from = a.Length == 2 ? text.Length : CelText.Position(text, a[2].AsInt);
        if (from < 0)
        {
            return OutOfRange(a[2].AsInt);
        }

        int end = (int)Math.Min((long)from + a[1].AsString.Length, text.Length);
        return CelValue.Int(CelText.Index(text, text.AsSpan(0, end).LastIndexOf(a[1].AsString, StringComparison.Ordinal)));
    }

    private static CelValue Substring(CelFrame frame, ReadOnlySpan<CelValue> a)
    {
        string text = a[0].AsString;
        frame.ChargeTraversal(text.Length);
        int start = CelText.Position(text, a[1].AsInt);
        int end = a.Length == 2 ? text.Length : CelText.Position(text, a[2].AsInt);
        if (start < 0 || end < 0)
        {
            return OutOfRange(start < 0 ? a[1].AsInt : a[2].AsInt);
        }

        return start > end
            ? CelValue.Error($"invalid substring range. start: {a[1].AsInt}, end: {a[2].AsInt}")
            : CelValue.String(text[start..end]);
    }

    private static CelValue Replace(CelFrame frame, ReadOnlySpan<CelValue> a)
    {
        (string text, string old, string with) = (a[0].AsString, a[1].AsString, a[2].AsString);
        long limit = a.Length == 3 || a[3].AsInt < 0 ? long.MaxValue : a[3].AsInt;
        frame.ChargeTraversal(text.Length);
        long count = old.Length == 0 ? text.Length + 1L : text.AsSpan().Count(old);
        frame.ChargeTraversal(Math.Min(count, limit) * with.Length);
        if (limit >= count && old.Length > 0)
        {
            return CelValue.String(text.Replace(old, with, StringComparison.Ordinal));
        }

        return CelValue.String(old.Length == 0 ? Interleave(text, with, limit) : ReplaceSome(text, old, with, limit));
    }

    private static string Interleave(string text, string with, long limit)
    {
        var result = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            result.Append(limit-- > 0 ? with : string.Empty).Append(rune);
        }

        return result.Append(limit > 0 ? with : string.Empty).ToString();
    }

    private static string ReplaceSome(string text, string old, string with, long limit)
    {
        var result = new StringBuilder();
        int at = 0;
        for (int next; limit > 0 && (next = text.IndexOf(old, at, StringComparison.Ordinal)) >= 0; limit--)
        {
            result.Append(text, at, next - at).Append(with);
            at = next + old.Length;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    private static CelValue Split(CelFrame frame, ReadOnlySpan<CelValue> a)
    {
        (string text, string separator) = (a[0].AsString, a[1].AsString);
        frame.ChargeTraversal(text.Length);
        long limit = a.Length == 2 || a[2].AsInt < 0 ? int.MaxValue : Math.Min(a[2].AsInt, int.MaxValue);
        if (limit == 0)
        {
            return CelValue.List(new CelArray([]));
        }

        IEnumerable<string> parts = separator.Length > 0 ? text.Split(separator, (int)limit) : Characters(text, limit);
        return CelValue.List(new CelArray([.. parts.Select(CelValue.String)]));
    }

    private static List<string> Characters(string text, long limit)
    {
        var parts = new List<string>();
        int at = 0;
        while (at < text.Length)
        {
            int length = parts.Count == limit - 1 ? text.Length - at : char.IsSurrogatePair(text, at) ? 2 : 1;
            parts.Add(text.Substring(at, length));
            at += length;
        }

        return parts;
    }

    private static CelValue Join(CelFrame frame, ReadOnlySpan<CelValue> a)
    {
        string separator = a.Length == 2 ? a[1].AsString : string.Empty;
        var result = new StringBuilder();
        CelList list = a[0].AsList;
        frame.Charge(1);
        for (int i = 0; i < list.Count; i++)
        {
            CelValue item = list[i];
            if (item.Kind != CelKind.String)
            {
                return item.IsError ? item : CelErrors.NoSuchOverload;
            }

            frame.ChargeTraversal(item.AsString.Length + separator.Length);
            result.Append(i == 0 ? string.Empty : separator).Append(item.AsString);
        }

        return CelValue.String(result.ToString());
    }

    private static CelValue OutOfRange(long index) => CelValue.Error($"index out of range: {index}");
}
