namespace KubeFed.ApiServerRuntime.Storage.Etcd;

/// <summary>Finds everything that is wrong with the options.</summary>
internal static class EtcdOptionsValidator
{
    private static readonly TimeSpan LeastKeepAlive = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(1);

    public static IReadOnlyList<string> Validate(EtcdStorageOptions options)
    {
        var errors = new List<string>();
        CheckEndpoints(options, errors);
        CheckPrefix(options.Prefix, errors);
        CheckPair("the client certificate file", options.CertificateFile, "the client key file", options.KeyFile, errors);
        CheckPair("the user name", options.UserName, "the password file", options.PasswordFile, errors);
        CheckSpan("the dial timeout", options.DialTimeout, TimeSpan.FromMilliseconds(1), LongestTimeout, errors);
        CheckSpan("the request timeout", options.RequestTimeout, TimeSpan.FromMilliseconds(1), LongestTimeout, errors);
        CheckSpan("the list timeout", options.ListTimeout, TimeSpan.FromMilliseconds(1), LongestTimeout, errors);
        CheckSpan("the keepalive time", options.KeepAliveTime, LeastKeepAlive, LongestTimeout, errors);
        CheckSpan("the keepalive timeout", options.KeepAliveTimeout, TimeSpan.FromSeconds(1), LongestTimeout, errors);
        CheckSpan("the compaction interval", options.CompactionInterval, TimeSpan.Zero, LongestInterval, errors);
        CheckSpan("the history window", options.HistoryWindow, TimeSpan.Zero, LongestInterval, errors);
        CheckCount("the number of concurrent requests", options.MaxConcurrentRequests, errors);
        CheckCount("the number of objects per lease", options.MaxObjectsPerLease, errors);
        return errors;
    }

    private static void CheckEndpoints(EtcdStorageOptions options, List<string> errors)
    {
        if (options.Endpoints.Count == 0)
        {
            errors.Add("etcd: no endpoint is named");
        }

        foreach (var endpoint in options.Endpoints.Where(endpoint => !IsEndpoint(endpoint)))
        {
            errors.Add($"etcd: the endpoint \"{endpoint}\" is not of the form http://host:port or https://host:port");
        }

        if (options.Endpoints.Distinct(StringComparer.OrdinalIgnoreCase).Count() != options.Endpoints.Count)
        {
            errors.Add("etcd: an endpoint is named twice");
        }

        var secure = options.Endpoints.Count(endpoint => endpoint.StartsWith("https:", StringComparison.OrdinalIgnoreCase));
        if (secure != 0 && secure != options.Endpoints.Count)
        {
            errors.Add("etcd: some endpoints are https and some are not");
        }

        if (secure == 0 && (options.AuthorityFile ?? options.CertificateFile ?? options.KeyFile) is not null)
        {
            errors.Add("etcd: certificate files are given, but no endpoint is https");
        }
    }

    private static bool IsEndpoint(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri is { Host.Length: > 0, Port: > 0, PathAndQuery: "/", Fragment: "", UserInfo: "" };

    private static void CheckPrefix(string prefix, List<string> errors)
    {
        if (prefix.Length < 2 || prefix[0] != '/' || prefix[^1] == '/' || !prefix.All(c => c is > ' ' and < '\x7f'))
        {
            errors.Add($"etcd: the prefix \"{prefix}\" must begin with a slash, not end with one, and be of printable ASCII characters");
        }
    }

    private static void CheckPair(string firstName, string? first, string secondName, string? second, List<string> errors)
    {
        if (string.IsNullOrEmpty(first) != string.IsNullOrEmpty(second))
        {
            errors.Add($"etcd: {firstName} and {secondName} go together, and only one is given");
        }
    }

    private static void CheckSpan(string name, TimeSpan value, TimeSpan least, TimeSpan most, List<string> errors)
    {
        if (value < least || value > most)
        {
            errors.Add($"etcd: {name} must be from {least} to {most}, it is {value}");
        }
    }

    private static void CheckCount(string name, int value, List<string> errors)
    {
        if (value < 1)
        {
            errors.Add($"etcd: {name} must be at least 1, it is {value}");
        }
    }
}
