using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Yaml;

namespace KubeFed.Conformance.Fuzz;

/// <summary>Makes requests of one kind after the other.</summary>
internal sealed class RequestMaker(Mutator mutator)
{
    private const string Collection = FuzzTypes.Collection;
    private const string Item = Collection + "/w";
    private int _created;
    private static readonly string[] Subresources = ["", "", "", "/status", "/scale", "/nope"];

    private static readonly string[] JsonPatches =
    [
        """[{"op":"add","path":"/spec/size","value":"large"}]""", """[{"op":"remove","path":"/spec/ports/0"}]""", """[{"op":"replace","path":"/spec/ports/-","value":{}}]""",
        """[{"op":"move","from":"/spec","path":"/spec/free"}]""", """[{"op":"copy","from":"/spec","path":"/spec/free/x"},{"op":"copy","from":"/spec","path":"/spec/free/y"}]""",
        """[{"op":"test","path":"/spec/size","value":"small"},{"op":"add","path":"/metadata/labels/x","value":"y"}]""", """[{"op":"replace","path":"","value":null}]""",
        """[{"op":"replace","path":"/metadata","value":{}}]""", """[{"op":"remove","path":"/metadata/managedFields"}]""", """[{"op":"add","path":"/metadata/finalizers/-","value":"a/b"}]""",
        """[{"op":"add","path":"/spec/ports/99999999999999999999","value":1}]""", """[{"op":"add","path":"/~2","value":1}]""", """[{"op":"nope","path":"/a"}]""",
    ];

    private static readonly string[] LabelSelectors =
        ["app=demo", "app!=demo,tier in (a,b)", "!app", "app", "n>5", "n<9", "app notin ()", "a in (a", "x gt 5", "a==b==c", ",", "a,,b", "(", "é=1", "a=é", "a in (a,b),", "-a=b", "a/b/c=d"];

    private static readonly string[] FieldSelectors =
        ["metadata.name=w", "metadata.name!=w", "metadata.namespace=default", "spec.size=small", "spec.replicas=3", "spec.nope=1", "a", "=", "metadata.name=a\\,b", "metadata.name=\\", "metadata.name=../x", "metadata.name==%2F", "metadata.name=w,metadata.name=v"];

    private static readonly string[] Parameters =
    [
        "limit", "continue", "resourceVersion", "resourceVersionMatch", "labelSelector", "fieldSelector", "timeoutSeconds", "allowWatchBookmarks", "watch", "timeout", "pretty", "includeObject",
        "sendInitialEvents", "dryRun", "fieldManager", "fieldValidation", "force", "propagationPolicy", "gracePeriodSeconds", "orphanDependents", "export", "exact", "",
    ];

    private static readonly string[] ParameterValues =
    [
        "", "0", "1", "-1", "2", "true", "false", "True", "All", "all", "Strict", "Warn", "Ignore", "Exact", "NotOlderThan", "Foreground", "Background", "Orphan", "None", "Metadata", "Object", "1s", "1ns", "-1s",
        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "99999999999999999999999", "1.5", "1e3", "0x1", " 1", "é", "\0", "\u0001", "💥", "%", "1h1h", "9999999h", "99999999999999h", "m", "a b",
    ];

    private static readonly string[] Accepts =
    [
        "application/json", "application/yaml", "*/*", "application/*", "text/html,*/*;q=0.8", "application/json;as=Table;v=v1;g=meta.k8s.io", "application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json",
        "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io", "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io", "application/vnd.kubernetes.protobuf",
        "application/vnd.kubernetes.protobuf;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json", "application/json;stream=watch",
        "application/json;as=APIGroupDiscoveryList;v=v2;g=apidiscovery.k8s.io", "application/json;q=0", "application/json;q=x", "a/b", ";", ",", "application/json;as=Table;v=v9;g=meta.k8s.io", "application/json;as=;g=;v=", "é/x",
        "application/com.github.proto-openapi.spec.v2@v1.0+protobuf",
    ];

    private static readonly string[] ContentTypes =
    [
        "application/json", "application/yaml", "application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json", "application/apply-patch+yaml", "application/apply-patch+cbor",
        "application/vnd.kubernetes.protobuf", "text/plain", "", ";", "application/json;charset=utf-16", "application/json; charset", "*/*", "application/json,application/yaml", "APPLICATION/JSON", "é",
    ];

    private static readonly string[] Methods = ["GET", "GET", "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECTX"];

    private static readonly string[] Segments =
    [
        "apis", "api", "v1", "v1beta1", "v2", "demo.example.dev", "namespaces", "default", "widgets", "w", "status", "scale", "finalize", "watch", "proxy", "", ".", "..", "%2e%2e", "%2F", "%00", "%", "%zz", "~", "é", "%C3%28",
        "healthz", "readyz", "livez", "version", "metrics", "openapi", "v2", "v3", "a b", "*", "WIDGETS", "widgets/", ";x", "&", "namespaces/x/widgets", "%E2%80%AE", "x".PadRight(300, 'x'),
    ];

    /// <summary>The revision of the object that is there, so that updates can succeed.</summary>
    public string Revision { get; set; } = "1";

    public FuzzRequest JsonBody()
    {
        bool create = mutator.Chance(35);
        JsonNode? tree = Changed(Target(create));
        return Write(create, Bytes(FuzzRequest.Text(tree), 25), "application/json");
    }

    public FuzzRequest YamlBody()
    {
        bool create = mutator.Chance(35);
        string target = Target(create);
        return Write(create, Bytes(Yaml(mutator.Chance(50) ? Changed(target) : JsonNode.Parse(target)), 60), "application/yaml");
    }

    public FuzzRequest JsonPatch() => Patch(Bytes(FuzzRequest.Text(Maybe(JsonNode.Parse(mutator.Pick(JsonPatches)), 70)), 15), "application/json-patch+json", string.Empty);

    public FuzzRequest MergePatch() => Patch(Bytes(FuzzRequest.Text(Changed(FuzzTypes.Widget)), 15), "application/merge-patch+json", string.Empty);

    public FuzzRequest StrategicPatch() => Patch(Bytes(FuzzRequest.Text(Changed(FuzzTypes.Widget)), 15), "application/strategic-merge-patch+json", string.Empty);

    public FuzzRequest Apply()
    {
        JsonNode tree = JsonNode.Parse(FuzzTypes.Widget)!;
        tree.AsObject().Remove("status");
        JsonNode? changed = Maybe(tree, 85);
        string text = mutator.Chance(50) ? FuzzRequest.Text(changed) : Yaml(changed);
        return Patch(Bytes(text, 25), "application/apply-patch+yaml", $"fieldManager={mutator.Pick(["m", "n", "kubectl"])}&force={mutator.Pick(["true", "true", "false"])}");
    }

    public FuzzRequest DeleteBody()
    {
        JsonNode options = JsonNode.Parse("""{"kind":"DeleteOptions","apiVersion":"v1","gracePeriodSeconds":0,"propagationPolicy":"Background","dryRun":["All"],"preconditions":{"uid":"x","resourceVersion":"1"}}""")!;
        return new FuzzRequest("DELETE", mutator.Chance(90) ? Item : Collection, Bytes(FuzzRequest.Text(mutator.Mutate(options)), 20), "application/json");
    }

    public FuzzRequest Selectors()
    {
        string label = mutator.Pick(LabelSelectors);
        string field = mutator.Pick(FieldSelectors);
        var query = new List<string>();
        if (mutator.Chance(70))
        {
            query.Add($"labelSelector={Uri.EscapeDataString(Sound(mutator.Chance(60) ? mutator.Garble(label) : label))}");
        }

        if (mutator.Chance(60))
        {
            query.Add($"fieldSelector={Uri.EscapeDataString(Sound(mutator.Chance(60) ? mutator.Garble(field) : field))}");
        }

        string method = mutator.Pick(["GET", "GET", "GET", "DELETE"]);
        return new FuzzRequest(method, $"{Collection}?{string.Join('&', query)}{(method == "GET" && mutator.Chance(20) ? "&watch=1&timeoutSeconds=1" : string.Empty)}", Accept: Header(mutator.Pick(Accepts)));
    }

    public FuzzRequest ContinueToken()
    {
        string json = mutator.Pick(
        [
            """{"v":"meta.k8s.io/v1","rv":3,"start":"w\u0000"}""", """{"v":"meta.k8s.io/v1","rv":-1,"start":"default/w\u0000"}""", """{"v":"meta.k8s.io/v1","rv":99999,"start":"w"}""", """{"v":"meta.k8s.io/v1","rv":1,"start":"../../x"}""",
            """{"v":"meta.k8s.io/v1","rv":9223372036854775807,"start":"/"}""", """{"v":"meta.k8s.io/v1","rv":1.5,"start":"\ud800"}""", """{"v":1,"rv":"1","start":null}""", """[]""", """null""", """{"v":"meta.k8s.io/v1","rv":2}""",
        ]);
        byte[] bytes = Encoding.UTF8.GetBytes(mutator.Chance(50) ? Sound(mutator.Garble(json)) : json);
        string token = Convert.ToBase64String(bytes);
        token = mutator.Chance(70) ? token.TrimEnd('=').Replace('+', '-').Replace('/', '_') : token;
        token = mutator.Chance(20) ? Sound(mutator.Garble(token)) : token;
        return new FuzzRequest("GET", $"{Collection}?limit={mutator.Pick(["1", "0", "500", "-1"])}&continue={Uri.EscapeDataString(token)}{mutator.Pick(["", "", "&resourceVersion=0", "&resourceVersion=2", "&resourceVersionMatch=Exact"])}");
    }

    public FuzzRequest Query()
    {
        string method = mutator.Pick(Methods);
        var query = new StringBuilder("?");
        for (int count = 1 + mutator.Next(4); count > 0; count--)
        {
            query.Append(Uri.EscapeDataString(mutator.Pick(Parameters))).Append(mutator.Chance(95) ? "=" : string.Empty).Append(Uri.EscapeDataString(mutator.Pick(ParameterValues))).Append('&');
        }

        byte[]? body = method switch
        {
            "POST" or "PUT" => Encoding.UTF8.GetBytes(FuzzTypes.Widget),
            "PATCH" => Encoding.UTF8.GetBytes("""{"metadata":{"labels":{"q":"1"}}}"""),
            _ => null,
        };
        string path = method == "POST" || (method == "GET" && mutator.Chance(60)) ? Collection : Item + mutator.Pick(Subresources);
        return new FuzzRequest(method, path + query, body, method == "PATCH" ? mutator.Pick(["application/merge-patch+json", "application/apply-patch+yaml"]) : "application/json", Header(mutator.Pick(Accepts)));
    }

    public FuzzRequest Headers()
    {
        string method = mutator.Pick(Methods);
        string path = mutator.Pick([Collection, Item, Item + "/scale", Item + "/status", "/apis", "/api", "/apis/demo.example.dev", "/apis/demo.example.dev/v1", "/openapi/v2", "/openapi/v3", "/openapi/v3/apis/demo.example.dev/v1", "/version", "/", "/readyz"]);
        string accept = mutator.Pick(Accepts);
        string type = mutator.Pick(ContentTypes);
        byte[]? body = method is "GET" or "HEAD" ? null : Encoding.UTF8.GetBytes(mutator.Pick([FuzzTypes.Widget, "{}", "", "[]", "a: b"]));
        return new FuzzRequest(method, path, body, Header(mutator.Chance(50) ? mutator.Garble(type) : type), Header(mutator.Chance(50) ? mutator.Garble(accept) : accept))
        {
            Headers =
            [
                ("User-Agent", Header(mutator.Garble("kubectl/v1.30 (linux/amd64)"))),
                ("Accept-Encoding", Header(mutator.Pick(["gzip", "gzip;q=0", "br", "*", ";;", "gzip;q=x, identity"]))),
                ("If-None-Match", Header(mutator.Pick(["*", "\"x\"", "W/\"x\"", "", "\""]))),
                .. mutator.Chance(10) ? [("Impersonate-Extra-%zz", "x")] : Array.Empty<(string, string)>(),
                ("Content-Encoding", mutator.Pick(["identity", "gzip", "x"])),
            ],
        };
    }

    public FuzzRequest Path()
    {
        var path = new StringBuilder();
        bool right = mutator.Chance(60);
        string[] start = right ? ["apis", "demo.example.dev", "v1", "namespaces", "default", "widgets", "w", "status"] : [];
        for (int i = 0, count = 1 + mutator.Next(8); i < count; i++)
        {
            path.Append('/').Append(i < start.Length && mutator.Chance(85) ? start[i] : mutator.Pick(Segments));
        }

        string method = mutator.Pick(Methods);
        byte[]? body = method is "POST" or "PUT" or "PATCH" ? Encoding.UTF8.GetBytes(FuzzTypes.Widget) : null;
        // Two slashes at the beginning would name another server.
        string url = "/" + path.ToString().TrimStart('/');
        return new FuzzRequest(method, url, body, Header(mutator.Pick(ContentTypes)), Header(mutator.Pick(Accepts)));
    }

    /// <summary>Bytes that are nearly HTTP.</summary>
    public byte[] Raw()
    {
        string text = mutator.Pick(
        [
            $"GET {Collection} HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\n\r\n",
            $"POST {Collection} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{{\"metadata\":",
            $"POST {Collection} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n{{}}",
            $"PUT {Item} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n2\r\n{{}}\r\n0\r\n\r\n",
            $"DELETE {Item}/../../.. HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n{{}}",
            $"GET http://other{Collection} HTTP/1.1\r\nHost: x\r\n\r\n",
            "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        ]);
        return mutator.Garble(Encoding.UTF8.GetBytes(mutator.Chance(70) ? Sound(mutator.Garble(text)) : text));
    }

    // A lone half of a pair cannot be sent.
    private static string Sound(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static string Header(string text) => new([.. text.Where(c => c is >= ' ' and < (char)127)]);

    private static string Yaml(JsonNode? tree)
    {
        try
        {
            return KubeYaml.Write(tree);
        }
        catch (Exception e) when (e is InvalidOperationException or YamlFormatException)
        {
            return FuzzRequest.Text(tree);
        }
    }

    private string Target(bool create)
    {
        JsonNode tree = JsonNode.Parse(FuzzTypes.Widget)!;
        tree["metadata"]![create ? "name" : "resourceVersion"] = create ? $"w{++_created}" : Revision;
        return FuzzRequest.Text(tree);
    }

    private FuzzRequest Write(bool create, byte[] body, string type)
    {
        string url = (create ? Collection : Item + mutator.Pick(Subresources)) + mutator.Pick(["", "", "?fieldValidation=Strict", "?fieldValidation=Ignore", "?dryRun=All"]);
        return new FuzzRequest(create ? "POST" : "PUT", url, body, type);
    }

    private FuzzRequest Patch(byte[] body, string type, string query) =>
        new("PATCH", $"{Item}{mutator.Pick(Subresources)}?{query}{mutator.Pick(["", "", "&fieldValidation=Strict", "&dryRun=All"])}", body, type);

    private JsonNode? Changed(string json)
    {
        JsonNode? tree = JsonNode.Parse(json);
        if (mutator.Chance(25))
        {
            mutator.PutManagedFields(tree);
        }

        return Maybe(tree, 90);
    }

    private JsonNode? Maybe(JsonNode? tree, int percent) => mutator.Chance(percent) ? mutator.Mutate(tree) : tree;

    private byte[] Bytes(string text, int percent)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(mutator.Chance(percent) ? mutator.Garble(text) : text);
        return mutator.Chance(5) ? mutator.Garble(bytes) : bytes;
    }
}
