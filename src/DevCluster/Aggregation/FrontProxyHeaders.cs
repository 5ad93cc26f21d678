using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiServerRuntime.Authentication;

namespace KubeFed.DevClusters.Aggregation;

/// <summary>
/// The headers by which the cluster tells the servers of APIServices who asks. There is one header for each group: <c>HttpClient</c> writes
/// several values of a header into one line, and a line is one group.
/// </summary>
internal static class FrontProxyHeaders
{
    /// <summary>The header with the user's name.</summary>
    public const string User = "X-Remote-User";

    /// <summary>What the headers of extra keys begin with.</summary>
    public const string ExtraPrefix = "X-Remote-Extra-";

    private const int MostGroups = 64;
    private static readonly string[] Groups = [.. Enumerable.Range(1, MostGroups).Select(static number => number == 1 ? "X-Remote-Group" : $"X-Remote-Group-{number}")];

    /// <summary>The names of the headers of groups, as servers are told them.</summary>
    public static string GroupNames => new JsonArray([.. Groups.Select(static name => JsonValue.Create(name))]).ToJsonString();

    /// <summary>Says in a request who asks.</summary>
    /// <exception cref="StatusException">The user is in more groups than can be said.</exception>
    public static void Add(HttpRequestMessage request, UserInfo user)
    {
        if (user.Groups.Count > MostGroups)
        {
            throw StatusErrors.InternalError($"user {user.Name} is in {user.Groups.Count} groups: at most {MostGroups} can be told to the server of an APIService");
        }

        request.Headers.TryAddWithoutValidation(User, user.Name);
        foreach (var (header, group) in Groups.Zip(user.Groups))
        {
            request.Headers.TryAddWithoutValidation(header, group);
        }

        foreach (var (key, values) in user.Extra)
        {
            request.Headers.TryAddWithoutValidation(ExtraPrefix + Uri.EscapeDataString(key), values);
        }
    }
}
