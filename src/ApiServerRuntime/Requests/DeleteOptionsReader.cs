using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Validation;
using Microsoft.AspNetCore.Http;

namespace KubeFed.ApiServerRuntime.Requests;

/// <summary>Reads the options of a deletion: from the body, or from the query where there is no body.</summary>
internal static class DeleteOptionsReader
{
    /// <exception cref="StatusException">400 for a wrong type, 422 for a wrong value.</exception>
    public static DeleteOptions FromQuery(IQueryCollection query) => query.Count == 0
        ? new DeleteOptions()
        : Check(
            QueryOptions.ReadInteger(query, "gracePeriodSeconds"),
            query.TryGetValue("propagationPolicy", out var policy) ? policy.ToString() : null,
            query.ContainsKey("orphanDependents") ? RequestInfoResolver.IsOn(query, "orphanDependents") : null,
            query["dryRun"],
            uid: null,
            resourceVersion: null);

    /// <exception cref="StatusException">400 for a wrong type, 422 for a wrong value.</exception>
    public static DeleteOptions FromBody(JsonObject body)
    {
        string kind = Text(body, "kind") ?? "DeleteOptions";
        if (kind != "DeleteOptions")
        {
            throw StatusErrors.BadRequest("decoded object cannot be converted to DeleteOptions");
        }

        JsonObject? preconditions = Member<JsonObject>(body, "preconditions");
        string?[] dryRun = Member<JsonArray>(body, "dryRun") is { } list ? [.. list.Select((item, index) => Text(item, $"dryRun[{index}]"))] : [];
        return Check(
            Integer(body, "gracePeriodSeconds"),
            Text(body, "propagationPolicy"),
            Boolean(body, "orphanDependents"),
            dryRun,
            preconditions is null ? null : Text(preconditions, "uid"),
            preconditions is null ? null : Text(preconditions, "resourceVersion"));
    }

    private static DeleteOptions Check(
        long? gracePeriod, string? policy, bool? orphan, IReadOnlyList<string?> dryRun, string? uid, string? resourceVersion)
    {
        var errors = new FieldErrorList();
        FieldPath path = FieldPath.Root("propagationPolicy");
        if (orphan is not null && policy is not null)
        {
            errors.Add(FieldError.Invalid(path, policy, "orphanDependents and deletionPropagation cannot be both set"));
        }

        PropagationPolicy parsed = policy switch
        {
            "Orphan" => PropagationPolicy.Orphan,
            "Background" => PropagationPolicy.Background,
            "Foreground" => PropagationPolicy.Foreground,
            _ => PropagationPolicy.Unset,
        };
        if (policy is not null && parsed == PropagationPolicy.Unset)
        {
            errors.Add(FieldError.NotSupported(path, policy, "Foreground", "Background", "Orphan", "nil"));
        }

        bool isDryRun = QueryOptions.ReadDryRun(dryRun, errors);
        QueryOptions.Refuse(errors, "DeleteOptions");
        return new DeleteOptions
        {
            GracePeriodSeconds = gracePeriod,
            PropagationPolicy = orphan switch
            {
                true => PropagationPolicy.Orphan,
                false => PropagationPolicy.Background,
                null => parsed,
            },
            PreconditionUid = uid,
            PreconditionResourceVersion = resourceVersion,
            DryRun = isDryRun,
        };
    }

    private static string? Text(JsonObject body, string name) => Text(body[name], name);

    private static string? Text(JsonNode? node, string name) => node switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out string? text) => text,
        _ => throw WrongType(name, "string"),
    };

    private static long? Integer(JsonObject body, string name) => body[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out long number) => number,
        _ => throw WrongType(name, "int64"),
    };

    private static bool? Boolean(JsonObject body, string name) => body[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out bool flag) => flag,
        _ => throw WrongType(name, "bool"),
    };

    private static T? Member<T>(JsonObject body, string name)
        where T : JsonNode => body[name] switch
        {
            null => null,
            T node => node,
            _ => throw WrongType(name, typeof(T) == typeof(JsonArray) ? "list" : "object"),
        };

    private static StatusException WrongType(string name, string type) => StatusErrors.BadRequest(
        $"DeleteOptions in version \"v1\" cannot be handled as a DeleteOptions: field {name} must be of type {type}");
}
