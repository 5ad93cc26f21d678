using Microsoft.AspNetCore.Http;

namespace KubeFed.TestSupport.Proxies;

/// <summary>One request that a <see cref="FaultProxy"/> was given, and what became of it.</summary>
public sealed class ProxiedRequest
{
    private static readonly HashSet<string> Writes = new(StringComparer.Ordinal) { "POST", "PUT", "PATCH", "DELETE" };

    private volatile int _code;

    internal ProxiedRequest(HttpRequest request)
        : this(request.Method, request.Path, request.Query.ContainsKey("watch"))
    {
    }

    internal ProxiedRequest(string method, string path, bool isWatch)
    {
        Method = method;
        Path = path;
        IsWatch = isWatch;
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        string[] rest = parts switch
        {
            ["api", _, .. var core] => core,
            ["apis", _, _, .. var others] => others,
            _ => [],
        };
        if (rest is ["namespaces", var @namespace, _, ..])
        {
            Namespace = @namespace;
            rest = rest[2..];
        }

        Resource = rest.ElementAtOrDefault(0) ?? "";
        Name = rest.ElementAtOrDefault(1) ?? "";
        Subresource = rest.ElementAtOrDefault(2) ?? "";
    }

    /// <summary>The method, such as <c>PATCH</c>.</summary>
    public string Method { get; }

    /// <summary>The path, without the query.</summary>
    public string Path { get; }

    /// <summary>The plural of the type, or empty for a path that is none of an object, such as <c>/healthz</c>.</summary>
    public string Resource { get; }

    /// <summary>The namespace, or empty.</summary>
    public string Namespace { get; } = "";

    /// <summary>The object's name, or empty.</summary>
    public string Name { get; }

    /// <summary>What of the object is meant, such as <c>status</c>, or empty.</summary>
    public string Subresource { get; }

    /// <summary>Whether it opens a watch.</summary>
    public bool IsWatch { get; }

    /// <summary>Whether it changes something.</summary>
    public bool IsWrite => Writes.Contains(Method);

    /// <summary>The code of the answer that the client was given whole; 0 where it was given none, or none yet.</summary>
    public int Code
    {
        get => _code;
        internal set => _code = value;
    }

    /// <summary>Whether the client has been told that what it wanted was done.</summary>
    public bool Succeeded => Code is >= 200 and < 300;

    /// <inheritdoc/>
    public override string ToString() => $"{Method} {Path}{(IsWatch ? "?watch" : "")}: {(Code == 0 ? "no answer" : Code)}";
}
