using System.Text;
using KubeFed.ApiMachinery.Objects;
using KubeFed.DevClusters.Controllers.Models;

namespace KubeFed.DevClusters.Tests.Controllers;

/// <summary>Objects for tests, from YAML's shorter cousin: JSON with single quotes.</summary>
internal static class Kube
{
    public static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static KubeObject Object(string json) => KubeObject.Parse(Encoding.UTF8.GetBytes(json.Replace('\'', '"')));

    /// <summary>A pod; members of its spec, status and metadata may be given.</summary>
    public static Pod Pod(string name, string spec = "", string status = "", string metadata = "") => Object($$"""
        {'apiVersion':'v1','kind':'Pod',
         'metadata':{'name':'{{name}}','namespace':'default','uid':'uid-{{name}}','creationTimestamp':'2026-01-02T03:00:00Z'{{Member(metadata)}} },
         'spec':{'containers':[{'name':'c','image':'i'}]{{Member(spec)}} },'status':{ {{status}} } }
        """).ToPod();

    /// <summary>A pod that is ready since a minute ago.</summary>
    public static Pod ReadyPod(string name, string node = "n1", string metadata = "") => Pod(
        name,
        $"'nodeName':'{node}'",
        "'phase':'Running','startTime':'2026-01-02T03:00:00Z','conditions':[{'type':'Ready','status':'True','lastTransitionTime':'2026-01-02T03:03:05Z'}]",
        metadata);

    /// <summary>A pod that asks for so much.</summary>
    public static Pod Asking(string cpu, string memory = "0", string spec = "") => Object($$"""
        {'apiVersion':'v1','kind':'Pod','metadata':{'name':'p','namespace':'default','uid':'u'},
         'spec':{'containers':[{'name':'c','resources':{'requests':{'cpu':'{{cpu}}','memory':'{{memory}}'} } }]{{Member(spec)}} },'status':{} }
        """).ToPod();

    public static Node Node(string name, string cpu = "4", string memory = "8Gi", int pods = 110, string spec = "", string labels = "", string annotations = "") => Object($$"""
        {'apiVersion':'v1','kind':'Node','metadata':{'name':'{{name}}','uid':'uid-{{name}}','labels':{ {{labels}} },'annotations':{ {{annotations}} } },
         'spec':{ {{spec}} },'status':{'allocatable':{'cpu':'{{cpu}}','memory':'{{memory}}','pods':'{{pods}}'},
         'addresses':[{'type':'InternalIP','address':'172.18.0.2'}]} }
        """).ToNodeObject();

    public static Deployment Deployment(int replicas, string image = "v1", string spec = "", string status = "", string annotations = "", long generation = 1) => Object($$"""
        {'apiVersion':'apps/v1','kind':'Deployment',
         'metadata':{'name':'web','namespace':'default','uid':'uid-web','generation':{{generation}},'annotations':{ {{annotations}} } },
         'spec':{'replicas':{{replicas}},'selector':{'matchLabels':{'app':'web'} },'template':{{Template(image)}}{{Member(spec)}} },'status':{ {{status}} } }
        """).ToDeployment();

    public static ReplicaSet ReplicaSet(string name, int replicas, string image = "v1", int available = 0, string annotations = "", int age = 0) => Object($$"""
        {'apiVersion':'apps/v1','kind':'ReplicaSet',
         'metadata':{'name':'{{name}}','namespace':'default','uid':'uid-{{name}}','generation':1,
           'creationTimestamp':'{{Now.AddMinutes(-age).UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}}','annotations':{ {{annotations}} } },
         'spec':{'replicas':{{replicas}},'selector':{'matchLabels':{'app':'web'} },'template':{{Template(image)}} },
         'status':{'replicas':{{replicas}},'readyReplicas':{{available}},'availableReplicas':{{available}},'observedGeneration':1} }
        """).ToReplicaSet();

    private static string Template(string image) => $$"""{'metadata':{'labels':{'app':'web'} },'spec':{'containers':[{'name':'c','image':'{{image}}'}]} }""";

    private static string Member(string text) => text.Length == 0 ? "" : "," + text;
}
