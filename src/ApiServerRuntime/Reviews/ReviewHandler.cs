using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Reviews;

/// <summary>Answers one type of review: takes the object that is created, and gives it back with a status.</summary>
public abstract class ReviewHandler : IResourceHandler
{
    private protected ReviewHandler(ResourceType type) => Type = type;

    /// <summary>The type to serve.</summary>
    public ResourceType Type { get; }

    /// <inheritdoc/>
    public GroupResource Resource => Type.GroupResource;

    /// <inheritdoc/>
    public string Subresource => string.Empty;

    /// <inheritdoc/>
    public GroupVersionKind ResponseKind => new(Type.Group, ReviewTypes.Version, Type.Kind);

    /// <inheritdoc/>
    public IReadOnlyList<string> Verbs { get; } = ["create"];

    /// <inheritdoc/>
    public async Task<KubeObject> HandleAsync(ResourceContext context, string verb, RequestBody? body, WriteOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(body);
        ObjectIntake.Accept(new WriteSession(context, options, DateTimeOffset.UnixEpoch), body);
        var review = body.Root;
        var spec = review["spec"] as JsonObject ?? [];
        var status = await AnswerAsync(context, review, spec, cancellationToken);
        var answer = new JsonObject
        {
            ["kind"] = Type.Kind,
            ["apiVersion"] = $"{Type.Group}/{ReviewTypes.Version}",
            ["metadata"] = Metadata(context),
        };
        if (review.ContainsKey("spec"))
        {
            answer["spec"] = spec.DeepClone();
        }

        answer["status"] = status;
        return KubeObject.FromNode(answer);
    }

    /// <summary>The status.</summary>
    private protected abstract ValueTask<JsonObject> AnswerAsync(ResourceContext context, JsonObject review, JsonObject spec, CancellationToken cancellationToken);

    /// <summary>The metadata of the answer.</summary>
    private protected virtual JsonObject Metadata(ResourceContext context)
    {
        var metadata = new JsonObject();
        Tree.SetText(metadata, "namespace", context.Namespace);
        return metadata;
    }
}
