using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiServerRuntime.Admission;
using KubeFed.ApiServerRuntime.Authentication;

namespace KubeFed.ApiServerRuntime.Standalone.Namespaces;

/// <summary>
/// What a namespace always has: the finalizer <c>kubernetes</c> when it is new, a label with its name, a phase. Its finalizers change through
/// the finalize subresource only.
/// </summary>
internal sealed class NamespaceRules : IAdmissionPlugin
{
    /// <summary>The label that holds the namespace's name.</summary>
    public const string NameLabel = "kubernetes.io/metadata.name";

    /// <summary>The finalizer of the namespace controller.</summary>
    public const string Finalizer = "kubernetes";

    /// <summary>The user of writes that may change the finalizers; told by reference, so that no request can be it.</summary>
    public static UserInfo Finalizing { get; } = SystemUser.NamespaceController with { Uid = "finalize" };

    private static readonly GroupResource Namespaces = new(string.Empty, "namespaces");

    /// <inheritdoc/>
    public ValueTask MutateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Context.Type.GroupResource == Namespaces && request.Object is { } root)
        {
            Fill(request, root);
        }

        return ValueTask.CompletedTask;
    }

    private static void Fill(AdmissionRequest request, JsonObject root)
    {
        switch (request.Operation)
        {
            case AdmissionOperation.Create:
                Child(root, "spec")["finalizers"] = new JsonArray(Finalizer);
                root["status"] = new JsonObject { ["phase"] = NamespacePhase.Active };
                break;
            case AdmissionOperation.Update when !ReferenceEquals(request.Context.User, Finalizing):
                KeepFinalizers(root, request.OldObject?.GetNode("spec", "finalizers"));
                break;
            default:
                break;
        }

        var metadata = Child(root, "metadata");
        Child(metadata, "labels")[NameLabel] = metadata["name"]?.DeepClone();
    }

    private static void KeepFinalizers(JsonObject root, JsonNode? finalizers)
    {
        if (finalizers is not null)
        {
            Child(root, "spec")["finalizers"] = finalizers;
        }
        else if (root["spec"] is JsonObject spec)
        {
            spec.Remove("finalizers");
        }
    }

    private static JsonObject Child(JsonObject parent, string name)
    {
        if (parent[name] is not JsonObject child)
        {
            parent[name] = child = [];
        }

        return child;
    }
}
