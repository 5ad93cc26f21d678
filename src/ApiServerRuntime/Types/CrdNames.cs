using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiServerRuntime.Types;

/// <summary>The names of a defined type, defaulted.</summary>
internal sealed record CrdNames(
    string Plural, string Singular, string Kind, string ListKind, IReadOnlyList<string> ShortNames, IReadOnlyList<string> Categories)
{
    public static CrdNames Read(JsonObject spec, FieldPath at, FieldErrorList errors)
    {
        if (spec["names"] is not JsonObject map)
        {
            errors.Add(FieldError.Required(at.Child("plural")));
            errors.Add(FieldError.Required(at.Child("kind")));
            return new CrdNames(string.Empty, string.Empty, string.Empty, string.Empty, [], []);
        }

        string kind = CrdNode.Text(map, "kind");
        var names = new CrdNames(
            CrdNode.Text(map, "plural"),
            Or(CrdNode.Text(map, "singular"), kind.ToLowerInvariant()),
            kind,
            Or(CrdNode.Text(map, "listKind"), kind + "List"),
            CrdNode.Texts(map, "shortNames"),
            CrdNode.Texts(map, "categories"));
        names.Check(at, errors);
        return names;
    }

    private static string Or(string text, string otherwise) => text.Length > 0 ? text : otherwise;

    private void Check(FieldPath at, FieldErrorList errors)
    {
        CheckLabel(at.Child("plural"), Plural, required: true, errors);
        if (Kind.Length == 0)
        {
            errors.Add(FieldError.Required(at.Child("kind")));
            return;
        }

        CheckLabel(at.Child("singular"), Singular, required: false, errors);
        CheckKind(at.Child("kind"), Kind, errors);
        CheckKind(at.Child("listKind"), ListKind, errors);
        for (int i = 0; i < ShortNames.Count; i++)
        {
            CheckLabel(at.Child("shortNames").Index(i), ShortNames[i], required: false, errors);
        }

        for (int i = 0; i < Categories.Count; i++)
        {
            CheckLabel(at.Child("categories").Index(i), Categories[i], required: false, errors);
        }

        if (Kind == ListKind)
        {
            errors.Add(FieldError.Invalid(at.Child("listKind"), ListKind, "kind and listKind may not be the same"));
        }
    }

    private static void CheckLabel(FieldPath field, string name, bool required, FieldErrorList errors)
    {
        if (name.Length == 0 && required)
        {
            errors.Add(FieldError.Required(field));
        }
        else if (NameValidation.IsDns1035Label(name) is { Count: > 0 } reasons)
        {
            errors.Add(FieldError.Invalid(field, name, string.Join(",", reasons)));
        }
    }

    private static void CheckKind(FieldPath field, string kind, FieldErrorList errors)
    {
        if (NameValidation.IsDns1035Label(kind.ToLowerInvariant()) is { Count: > 0 } reasons)
        {
            errors.Add(FieldError.Invalid(field, kind, "may have mixed case, but should otherwise match: " + string.Join(",", reasons)));
        }
    }
}
