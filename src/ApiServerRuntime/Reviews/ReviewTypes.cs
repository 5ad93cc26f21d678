using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Schemas;
using KubeFed.ApiMachinery.Validation;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Reviews;

/// <summary>The types of authorization.k8s.io/v1 and authentication.k8s.io/v1. They are answered and never stored: the only verb is create.</summary>
public static class ReviewTypes
{
    internal const string AuthorizationGroup = "authorization.k8s.io";
    internal const string AuthenticationGroup = "authentication.k8s.io";
    internal const string Version = "v1";

    private const string Resource = """
        {"description":"What is asked about a resource; a name, namespace or group that is left out or empty stands for all, * for all resources and verbs.","type":"object","properties":{
          "namespace":{"type":"string"},"verb":{"type":"string"},"group":{"type":"string"},"version":{"type":"string"},
          "resource":{"type":"string"},"subresource":{"type":"string"},"name":{"type":"string"},
          "fieldSelector":{"type":"object","x-kubernetes-preserve-unknown-fields":true},
          "labelSelector":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}
        """;

    private const string Path = """
        {"description":"What is asked about a path.","type":"object","properties":{"path":{"type":"string"},"verb":{"type":"string"}}}
        """;

    private const string Texts = """{"type":"array","items":{"type":"string"}}""";
    private const string TextsByKey = $$$$$$"""{"type":"object","additionalProperties":{{{{{{Texts}}}}}}}""";

    private const string Access = """
        {"description":"The answer.","type":"object","properties":{
          "allowed":{"type":"boolean"},"denied":{"type":"boolean"},"reason":{"type":"string"},"evaluationError":{"type":"string"}}}
        """;

    private const string User = $$$$$$"""
        {"description":"Who.","type":"object","properties":{
          "username":{"type":"string"},"uid":{"type":"string"},"groups":{{{{{{Texts}}}}}},"extra":{{{{{{TextsByKey}}}}}}}}
        """;

    private const string SelfAccessSpec = $$$$$$"""{"type":"object","properties":{"resourceAttributes":{{{{{{Resource}}}}}},"nonResourceAttributes":{{{{{{Path}}}}}}}}""";

    private const string AccessSpec = $$$$$$"""
        {"type":"object","properties":{"resourceAttributes":{{{{{{Resource}}}}}},"nonResourceAttributes":{{{{{{Path}}}}}},
          "user":{"type":"string"},"uid":{"type":"string"},"groups":{{{{{{Texts}}}}}},"extra":{{{{{{TextsByKey}}}}}}}}
        """;

    private const string RulesStatus = $$$$$$"""
        {"type":"object","properties":{"incomplete":{"type":"boolean"},"evaluationError":{"type":"string"},
          "resourceRules":{"type":"array","items":{"type":"object","properties":{
            "verbs":{{{{{{Texts}}}}}},"apiGroups":{{{{{{Texts}}}}}},"resources":{{{{{{Texts}}}}}},"resourceNames":{{{{{{Texts}}}}}}}}},
          "nonResourceRules":{"type":"array","items":{"type":"object","properties":{"verbs":{{{{{{Texts}}}}}},"nonResourceURLs":{{{{{{Texts}}}}}}}}}}}
        """;

    private const string TokenSpec = $$$$$$"""{"type":"object","properties":{"token":{"type":"string"},"audiences":{{{{{{Texts}}}}}}}}""";

    private const string TokenStatus = $$$$$$"""
        {"type":"object","properties":{"authenticated":{"type":"boolean"},"user":{{{{{{User}}}}}},"audiences":{{{{{{Texts}}}}}},"error":{"type":"string"}}}
        """;

    /// <summary>Whether the asker may do something.</summary>
    public static ResourceType SelfSubjectAccessReview { get; } = Make(
        AuthorizationGroup, "selfsubjectaccessreviews", "SelfSubjectAccessReview", "Asks whether the asker may do something.", ResourceScope.Cluster, SelfAccessSpec, Access);

    /// <summary>Whether somebody may do something.</summary>
    public static ResourceType SubjectAccessReview { get; } = Make(
        AuthorizationGroup, "subjectaccessreviews", "SubjectAccessReview", "Asks whether somebody may do something.", ResourceScope.Cluster, AccessSpec, Access);

    /// <summary>Whether somebody may do something in a namespace.</summary>
    public static ResourceType LocalSubjectAccessReview { get; } = Make(
        AuthorizationGroup, "localsubjectaccessreviews", "LocalSubjectAccessReview", "Asks whether somebody may do something in a namespace.", ResourceScope.Namespaced, AccessSpec, Access);

    /// <summary>All that the asker may do.</summary>
    public static ResourceType SelfSubjectRulesReview { get; } = Make(
        AuthorizationGroup, "selfsubjectrulesreviews", "SelfSubjectRulesReview", "Lists what the asker may do in a namespace.", ResourceScope.Cluster, """{"type":"object","properties":{"namespace":{"type":"string"}}}""", RulesStatus);

    /// <summary>Whose a token is.</summary>
    public static ResourceType TokenReview { get; } = Make(
        AuthenticationGroup, "tokenreviews", "TokenReview", "Asks whose a bearer token is.", ResourceScope.Cluster, TokenSpec, TokenStatus);

    /// <summary>Who the asker is.</summary>
    public static ResourceType SelfSubjectReview { get; } = Make(
        AuthenticationGroup, "selfsubjectreviews", "SelfSubjectReview", "Tells the asker who the asker is.", ResourceScope.Cluster, null, $$$$$$"""{"type":"object","properties":{"userInfo":{{{{{{User}}}}}}}}""");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ResourceType> All { get; } =
        [SelfSubjectAccessReview, SubjectAccessReview, LocalSubjectAccessReview, SelfSubjectRulesReview, TokenReview, SelfSubjectReview];

    private static ResourceType Make(string group, string plural, string kind, string description, ResourceScope scope, string? spec, string status) => new()
    {
        Group = group,
        Plural = plural,
        Singular = plural[..^1],
        Kind = kind,
        ListKind = kind + "List",
        Scope = scope,
        Versions = [new ResourceTypeVersion { Name = Version, Schema = Schema(description, spec, status), Verbs = ["create"] }],
        StorageVersion = Version,
    };

    private static StructuralSchema Schema(string description, string? spec, string status)
    {
        var properties = new JsonObject
        {
            ["apiVersion"] = new JsonObject { ["type"] = "string" },
            ["kind"] = new JsonObject { ["type"] = "string" },
            ["metadata"] = new JsonObject { ["type"] = "object" },
        };
        if (spec is not null)
        {
            properties["spec"] = JsonNode.Parse(spec);
        }

        properties["status"] = JsonNode.Parse(status);
        var errors = new FieldErrorList();
        var schema = SchemaParser.Parse(
            new JsonObject { ["description"] = description, ["type"] = "object", ["properties"] = properties }, FieldPath.Root("schema"), errors);
        return errors.Count == 0 ? schema : throw new InvalidOperationException($"a built-in schema is wrong: {errors}");
    }
}
