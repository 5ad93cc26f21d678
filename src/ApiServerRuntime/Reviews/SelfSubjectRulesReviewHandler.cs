using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiServerRuntime.Authorization;
using KubeFed.ApiServerRuntime.Authorization.Rbac;
using KubeFed.ApiServerRuntime.Registry;

namespace KubeFed.ApiServerRuntime.Reviews;

/// <summary>Lists what the asker may do in a namespace (<c>kubectl auth can-i --list</c>).</summary>
public sealed class SelfSubjectRulesReviewHandler(IRuleResolver rules) : ReviewHandler(ReviewTypes.SelfSubjectRulesReview)
{
    private protected override ValueTask<JsonObject> AnswerAsync(
        ResourceContext context, JsonObject review, JsonObject spec, CancellationToken cancellationToken)
    {
        var @namespace = Tree.Text(spec, "namespace");
        if (@namespace.Length == 0)
        {
            throw StatusErrors.BadRequest("no namespace on request");
        }

        var held = rules.RulesFor(context.User, @namespace, out var problems);
        var status = new JsonObject
        {
            ["resourceRules"] = new JsonArray([.. held.Where(static rule => rule.Resources.Count > 0).Select(static rule => (rule with { NonResourceUrls = [] }).ToNode())]),
            ["nonResourceRules"] = new JsonArray(
                [.. held.Where(static rule => rule.NonResourceUrls.Count > 0).Select(static rule => new RbacRule { Verbs = rule.Verbs, NonResourceUrls = rule.NonResourceUrls }.ToNode())]),
            ["incomplete"] = problems.Count > 0,
        };
        Tree.SetText(status, "evaluationError", string.Join("; ", problems));
        return ValueTask.FromResult(status);
    }
}
