namespace KubeFed.ApiServerRuntime.OpenApi;

/// <summary>The parameters that a path has in braces.</summary>
internal static class PathParameters
{
    public static IEnumerable<(string Name, string Description)> Of(string path)
    {
        if (path.Contains("{name}", StringComparison.Ordinal))
        {
            yield return ("name", "name of the object");
        }

        if (path.Contains("{namespace}", StringComparison.Ordinal))
        {
            yield return ("namespace", "namespace of the object");
        }
    }
}
