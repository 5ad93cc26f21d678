using System.Text.RegularExpressions;
using KubeFed.ApiMachinery.Cel.Checking;
using KubeFed.ApiMachinery.Cel.Evaluation;
using KubeFed.ApiMachinery.Cel.Values;
using KubeFed.ApiMachinery.Schemas;

namespace KubeFed.ApiMachinery.Cel.Library;

/// <summary>Regular expressions in RE2 syntax. A constant one is compiled with the expression.</summary>
internal static class CelRegex
{
    public static void Register(CelLibrary library)
    {
        library.CostedMethod("matches", static (f, a) => Dynamic(f, a, Matches), "string, string -> bool");
        library.CostedFunction("matches", static (f, a) => Dynamic(f, a, Matches), "string, string -> bool");
        library.CostedMethod("find", static (f, a) => Dynamic(f, a, Find), "string, string -> string");
        library.CostedMethod("findAll", static (f, a) => Dynamic(f, a, FindAll), "string, string -> list<string>", "string, string, int -> list<string>");
    }

    /// <summary>The overloads with the expression compiled; none if it is malformed.</summary>
    public static CelOverload[] Bind(CelOverload[] overloads, string pattern)
    {
        if (!Re2.TryCompile(pattern, out Regex? regex, out _))
        {
            return [];
        }

        return [.. overloads.Select(o => o with
        {
            Implementation = (frame, arguments) =>
            {
                Charge(frame, arguments);
                return o.Result.Kind switch
                {
                    CelTypeKind.Bool => Matches(regex, arguments),
                    CelTypeKind.String => Find(regex, arguments),
                    _ => FindAll(regex, arguments),
                };
            },
        })];
    }

    private delegate CelValue Use(Regex regex, ReadOnlySpan<CelValue> arguments);

    private static CelValue Dynamic(CelFrame frame, ReadOnlySpan<CelValue> arguments, Use use)
    {
        Charge(frame, arguments);
        return Re2.TryCompile(arguments[1].AsString, out Regex? regex, out string? error) ? use(regex, arguments) : CelValue.Error(error);
    }

    private static void Charge(CelFrame frame, ReadOnlySpan<CelValue> arguments)
    {
        long text = (arguments[0].AsString.Length + 10L) / 10;
        long pattern = (arguments[1].AsString.Length + 3L) / 4;
        frame.Charge(text * Math.Max(pattern, 1));
    }

    private static CelValue Matches(Regex regex, ReadOnlySpan<CelValue> arguments) => Guard(regex, arguments, static (r, a) => CelValue.Bool(r.IsMatch(a[0].AsString)));

    private static CelValue Find(Regex regex, ReadOnlySpan<CelValue> arguments) => Guard(regex, arguments, static (r, a) => CelValue.String(r.Match(a[0].AsString).Value));

    private static CelValue FindAll(Regex regex, ReadOnlySpan<CelValue> arguments) => Guard(regex, arguments, static (r, a) =>
    {
        long limit = a.Length == 3 && a[2].AsInt >= 0 ? a[2].AsInt : long.MaxValue;
        var found = new List<CelValue>();
        for (Match match = r.Match(a[0].AsString); match.Success && found.Count < limit; match = match.NextMatch())
        {
            found.Add(CelValue.String(match.Value));
        }

        return CelValue.List(new CelArray(found));
    });

    private static CelValue Guard(Regex regex, ReadOnlySpan<CelValue> arguments, Use use)
    {
        try
        {
            return use(regex, arguments);
        }
        catch (RegexMatchTimeoutException)
        {
            return CelValue.Error("the regular expression takes too long");
        }
    }
}
