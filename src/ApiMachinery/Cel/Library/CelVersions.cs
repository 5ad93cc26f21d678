using KubeFed.ApiMachinery.Cel.Checking;
using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Library;

/// <summary>Versions, as <c>semver('1.2.3')</c>.</summary>
internal static class CelVersions
{
    public static void Register(CelLibrary library)
    {
        library.CostedFunction("semver", static (f, a) => CelStrings.Traversed(f, a[0], Parse(a)), "string -> semver", "string, bool -> semver");
        library.CostedFunction("isSemver", static (f, a) => CelStrings.Traversed(f, a[0], CelValue.Bool(!Parse(a).IsError)), "string -> bool", "string, bool -> bool");
        library.Method("major", static (_, a) => CelValue.Int(Of(a[0]).Major), "semver -> int");
        library.Method("minor", static (_, a) => CelValue.Int(Of(a[0]).Minor), "semver -> int");
        library.Method("patch", static (_, a) => CelValue.Int(Of(a[0]).Patch), "semver -> int");
        library.Method("isLessThan", static (_, a) => CelValue.Bool(Of(a[0]).CompareTo(Of(a[1])) < 0), "semver, semver -> bool");
        library.Method("isGreaterThan", static (_, a) => CelValue.Bool(Of(a[0]).CompareTo(Of(a[1])) > 0), "semver, semver -> bool");
        library.Method("compareTo", static (_, a) => CelValue.Int(Of(a[0]).CompareTo(Of(a[1]))), "semver, semver -> int");
    }

    private static CelSemver Of(in CelValue value) => (CelSemver)value.AsOpaque;

    private static CelValue Parse(ReadOnlySpan<CelValue> a) => CelSemver.Parse(a[0].AsString, a.Length == 2 && a[1].IsTrue) is { } version
        ? CelValue.Opaque(version)
        : CelValue.Error("No Major.Minor.Patch elements found");
}
