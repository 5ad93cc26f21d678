using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Schemas;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>Makes a sent object fit its type: checks what it says it is, drops unknown fields, fills in defaults.</summary>
internal static class ObjectIntake
{
    /// <summary>Takes the body of a create or an update.</summary>
    /// <exception cref="StatusException">400: it is something else, or has unknown or duplicate fields and the validation is strict.</exception>
    public static void Accept(WriteSession session, RequestBody body)
    {
        CheckKind(session, body.Root);
        var unknown = Coerce(session, body.Root, text => Unreadable(session, text));
        if (unknown.Count + body.DuplicateFields.Count > 0)
        {
            Report(session, Describe(body.DuplicateFields, unknown), text => Unreadable(session, text));
        }

        session.Version.Default(body.Root);
    }

    /// <summary>Takes the result of a patch.</summary>
    /// <exception cref="StatusException">422: it has unknown or duplicate fields and the validation is strict.</exception>
    public static void AcceptPatched(WriteSession session, JsonObject root, IReadOnlyList<string> duplicates)
    {
        CheckKind(session, root);
        string? before = session.Options.FieldValidation == FieldValidation.Strict ? Text(root) : null;
        var unknown = Coerce(session, root, text => InvalidPatch(Text(root), text));
        if (unknown.Count + duplicates.Count > 0)
        {
            Report(session, Describe(duplicates, unknown), text => InvalidPatch(before ?? string.Empty, text));
        }

        session.Version.Default(root);
    }

    /// <summary>422 on the field <c>patch</c>.</summary>
    public static StatusException InvalidPatch(string value, string why) => StatusErrors.Invalid(
        new GroupKind(string.Empty, string.Empty), string.Empty, [FieldError.Invalid(FieldPath.Root("patch"), value, why).ToCause()]);

    /// <summary>The text of a tree, for messages.</summary>
    public static string Text(JsonObject root) => Encoding.UTF8.GetString(CanonicalJson.Encode(root));

    private static StatusException Unreadable(WriteSession session, string why)
    {
        var kind = session.Version.Kind;
        return StatusErrors.BadRequest($"{kind.Kind} in version \"{kind.Version}\" cannot be handled as a {kind.Kind}: {why}");
    }

    private static IReadOnlyList<string> Coerce(WriteSession session, JsonObject root, Func<string, StatusException> refuse)
    {
        try
        {
            return session.Version.Coerce(root);
        }
        catch (ObjectCoercionException e)
        {
            throw new StatusException(refuse(e.Message).Status, e);
        }
    }

    private static void CheckKind(WriteSession session, JsonObject root)
    {
        var kind = session.Version.Kind;
        if (Tree.Text(root, "kind").Length == 0)
        {
            string text = Text(root);
            throw StatusErrors.BadRequest(
                $"the object provided is unrecognized (must be of type {kind.Kind}): Object 'Kind' is missing in '{text}' ({Summary(text)})");
        }

        string apiVersion = Tree.Text(root, "apiVersion");
        if (apiVersion != session.Version.ApiVersion)
        {
            throw StatusErrors.BadRequest(
                $"the API version in the data ({apiVersion}) does not match the expected API version ({session.Version.ApiVersion})");
        }

        if (Tree.Text(root, "kind") != kind.Kind)
        {
            session.Throw([FieldError.Invalid(FieldPath.Root("kind"), Tree.Text(root, "kind"), $"must be {kind.Kind}")], session.Context.Name);
        }
    }

    private static string Summary(string text) => text.Length > 30 ? text[..30] + " ..." : text;

    private static List<string> Describe(IReadOnlyList<string> duplicates, IReadOnlyList<string> unknown)
    {
        var findings = new List<string>(duplicates.Count + unknown.Count);
        foreach (string field in duplicates)
        {
            findings.Add($"duplicate field \"{field}\"");
        }

        foreach (string field in unknown)
        {
            findings.Add($"unknown field \"{field}\"");
        }

        return findings;
    }

    private static void Report(WriteSession session, List<string> findings, Func<string, StatusException> refuse)
    {
        switch (session.Options.FieldValidation)
        {
            case FieldValidation.Strict:
                throw refuse("strict decoding error: " + string.Join(", ", findings));
            case FieldValidation.Ignore:
                break;
            default:
                findings.ForEach(session.Context.Warnings.Add);
                break;
        }
    }
}
