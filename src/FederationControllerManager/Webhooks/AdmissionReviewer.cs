using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Validation;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.FederationCore.Validation;

namespace KubeFed.FederationControllerManager.Webhooks;

/// <summary>
/// Answers AdmissionReviews of <c>admission.k8s.io/v1</c> by the rules that the federation's API server has too. What it knows no rule of it
/// allows.
/// </summary>
internal sealed class AdmissionReviewer(IFederatedTargets targets)
{
    private const string ApiVersion = "admission.k8s.io/v1";
    private const string Kind = "AdmissionReview";

    /// <summary>The answer to a review.</summary>
    /// <exception cref="FormatException">It is no AdmissionReview of that version.</exception>
    public JsonObject Review(JsonNode? review)
    {
        if (Text(review, "apiVersion") != ApiVersion || Text(review, "kind") != Kind || Part(review, "request") is not JsonObject request)
        {
            throw new FormatException($"the body must be an {Kind} of {ApiVersion} with a request");
        }

        var response = new JsonObject { ["uid"] = Text(request, "uid") };
        try
        {
            var warnings = Judge(request);
            response["allowed"] = true;
            if (warnings.Count > 0)
            {
                response["warnings"] = new JsonArray([.. warnings.Select(static warning => JsonValue.Create(warning))]);
            }
        }
        catch (StatusException denied)
        {
            response["allowed"] = false;
            response["status"] = JsonSerializer.SerializeToNode(denied.Status, StatusJsonContext.Default.Status);
        }

        return new JsonObject { ["apiVersion"] = ApiVersion, ["kind"] = Kind, ["response"] = response };
    }

    /// <summary>What there is to warn of.</summary>
    /// <exception cref="StatusException">The object is refused.</exception>
    private IReadOnlyList<string> Judge(JsonObject request)
    {
        if (Text(request, "operation") is not ("CREATE" or "UPDATE") || Part(request, "object") is not JsonObject node)
        {
            return [];
        }

        try
        {
            var kind = new GroupKind(Text(Part(request, "kind"), "group"), Text(Part(request, "kind"), "kind"));
            var value = KubeObject.FromNodeWithoutManagedFields(node);
            var old = Part(request, "oldObject") is JsonObject before ? KubeObject.FromNodeWithoutManagedFields(before) : null;
            var subresource = Text(request, "subResource");
            return kind.Group == FederationGroups.Core
                ? Refuse(kind, value, CoreObjectValidation.Validate(kind, subresource, value, old))
                : JudgeFederated(request, kind, subresource, value, old);
        }
        catch (KubeObjectFormatException e)
        {
            throw StatusErrors.BadRequest(e.Message);
        }
    }

    private IReadOnlyList<string> JudgeFederated(JsonObject request, GroupKind kind, string subresource, KubeObject value, KubeObject? old)
    {
        var resource = new GroupResource(Text(Part(request, "resource"), "group"), Text(Part(request, "resource"), "resource"));
        if (subresource.Length > 0
            || targets.Find(resource) is not { } target
            || (old is not null && JsonNode.DeepEquals(value.GetNode("spec"), old.GetNode("spec"))))
        {
            return [];
        }

        var found = FederatedObjectValidation.Of(FederatedObject.Read(value), target, targets.Clusters);
        Refuse(kind, value, found.Errors);
        return found.Warnings;
    }

    private static IReadOnlyList<string> Refuse(GroupKind kind, KubeObject value, FieldErrorList errors) =>
        errors.Count == 0 ? [] : throw StatusErrors.Invalid(kind, value.Metadata.Name, errors.ToCauses());

    private static JsonNode? Part(JsonNode? node, string name) => (node as JsonObject)?[name];

    private static string Text(JsonNode? node, string name) =>
        Part(node, name) is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
