using System.Text.Json.Nodes;
using KubeFed.ApiServerRuntime.Registry;

namespace KubeFed.ApiServerRuntime.Reviews;

/// <summary>Tells the asker who the asker is (<c>kubectl auth whoami</c>).</summary>
public sealed class SelfSubjectReviewHandler(TimeProvider time) : ReviewHandler(ReviewTypes.SelfSubjectReview)
{
    private protected override ValueTask<JsonObject> AnswerAsync(
        ResourceContext context, JsonObject review, JsonObject spec, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new JsonObject { ["userInfo"] = UserNode.Of(context.User) });

    private protected override JsonObject Metadata(ResourceContext context) => new() { ["creationTimestamp"] = Tree.Format(time.GetUtcNow()) };
}
