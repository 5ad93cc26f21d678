using System.Text.Json.Nodes;
using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Authorization;
using KubeFed.ApiServerRuntime.Registry;

namespace KubeFed.ApiServerRuntime.Reviews;

/// <summary>A user as authentication.k8s.io/v1 UserInfo.</summary>
internal static class UserNode
{
    public static JsonObject Of(UserInfo user)
    {
        var node = new JsonObject { ["username"] = user.Name };
        Tree.SetText(node, "uid", user.Uid);
        if (user.Groups.Count > 0)
        {
            node["groups"] = JsonStrings.Write(user.Groups);
        }

        if (user.Extra.Count > 0)
        {
            node["extra"] = JsonStrings.WriteMap(user.Extra);
        }

        return node;
    }
}
