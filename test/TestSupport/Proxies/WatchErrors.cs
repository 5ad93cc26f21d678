namespace KubeFed.TestSupport.Proxies;

/// <summary>Events that end a watch.</summary>
internal static class WatchErrors
{
    /// <summary>The version to go on from is gone.</summary>
    public const string Expired = """
        {"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"injected: too old resource version","reason":"Expired","code":410}}

        """;
}
