using System.Text.RegularExpressions;
using KubeFed.DevClusters.Tests.Controllers;

namespace KubeFed.DevClusters.Tests;

/// <summary>What people do with kubectl all day, with what it prints on any cluster. Most commands send protobuf.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class KubectlSessionTests
{
    private static readonly (string Command, string Prints)[] Creating =
    [
        ("create deployment web --image=nginx:1.25 --replicas=2 --port=80", "^deployment.apps/web created$"),
        ("rollout status deployment/web --timeout=90s", "successfully rolled out$"),
        ("expose deployment web --port=80 --target-port=80", "^service/web exposed$"),
        ("autoscale deployment web --min=2 --max=5 --cpu=80%", "^horizontalpodautoscaler.autoscaling/web autoscaled$"),
        ("get hpa web -o jsonpath={.spec.metrics[0].resource.target.averageUtilization}/{.spec.minReplicas}/{.spec.maxReplicas}", "^80/2/5$"),
        ("run one --image=busybox --restart=Never --env=A=b --labels=app=one --command -- sleep 1d", "^pod/one created$"),
        ("wait --for=condition=Ready pod/one --timeout=90s", "^pod/one condition met$"),
        ("get pod one -o jsonpath={.spec.containers[0].command}{.spec.containers[0].env}{.spec.restartPolicy}", """^\["sleep","1d"\]\[\{"name":"A","value":"b"\}\]Never$"""),
        ("create job hello --image=busybox -- echo hi", "^job.batch/hello created$"),
        ("wait --for=condition=complete job/hello --timeout=90s", "^job.batch/hello condition met$"),
        ("create cronjob nightly --image=busybox --schedule=@daily -- date", "^cronjob.batch/nightly created$"),
        ("create job manual --from=cronjob/nightly", "^job.batch/manual created$"),
        ("create quota limit --hard=pods=50,services=20", "^resourcequota/limit created$"),
        ("create pdb web --selector=app=web --min-available=1", "^poddisruptionbudget.policy/web created$"),
        ("create priorityclass high --value=1000 --description=first", "^priorityclass.scheduling.k8s.io/high created$"),
        ("create ingress web --rule=web.example.dev/*=web:80,tls=cert", "^ingress.networking.k8s.io/web created$"),
        ("get ingress web -o jsonpath={.spec.rules[0].http.paths[0].path}{.spec.rules[0].http.paths[0].backend.service.port.number}{.spec.tls[0].secretName}", "^/80cert$"),
        ("create service clusterip inner --tcp=80:8080", "^service/inner created$"),
        ("create service nodeport outer --tcp=80:8080 --node-port=30123", "^service/outer created$"),
        ("create service loadbalancer wide --tcp=80", "^service/wide created$"),
        ("create service externalname away --external-name=example.dev", "^service/away created$"),
        ("get services inner outer away -o jsonpath={.items[*].spec.ports[0].targetPort}/{.items[1].spec.ports[0].nodePort}/{.items[2].spec.externalName}", "^8080 8080/30123/example.dev$"),
        ("create configmap settings --from-literal=a=b", "^configmap/settings created$"),
        ("create secret generic key --from-literal=a=b", "^secret/key created$"),
        ("create secret docker-registry pull --docker-server=r.example.dev --docker-username=u --docker-password=p", "^secret/pull created$"),
        ("create serviceaccount robot", "^serviceaccount/robot created$"),
        ("create token robot --duration=20m", @"^[\w-]+\.[\w-]+\.[\w-]+$"),
        ("create role reader --verb=get,list --resource=pods,pods/log", "^role.rbac.authorization.k8s.io/reader created$"),
        ("create rolebinding robot --role=reader --serviceaccount=default:robot", "^rolebinding.rbac.authorization.k8s.io/robot created$"),
        ("create clusterrole nodes --verb=get --resource=nodes", "^clusterrole.rbac.authorization.k8s.io/nodes created$"),
        ("create clusterrolebinding robot --clusterrole=nodes --serviceaccount=default:robot", "^clusterrolebinding.rbac.authorization.k8s.io/robot created$"),
        ("auth can-i list pods --as=system:serviceaccount:default:robot", "^yes$"),
        ("create namespace other", "^namespace/other created$"),
    ];

    private static readonly (string Command, string Prints)[] Changing =
    [
        ("create deployment web --image=nginx:1.25 --replicas=2", "^deployment.apps/web created$"),
        ("set image deployment/web nginx=nginx:1.26", "^deployment.apps/web image updated$"),
        ("set env deployment/web A=b", "^deployment.apps/web env updated$"),
        ("set resources deployment web --limits=cpu=200m,memory=64Mi", "^deployment.apps/web resource requirements updated$"),
        ("set serviceaccount deployment web default", "^deployment.apps/web serviceaccount updated$"),
        ("rollout status deployment/web --timeout=90s", "successfully rolled out$"),
        ("rollout pause deployment/web", "^deployment.apps/web paused$"),
        ("rollout resume deployment/web", "^deployment.apps/web resumed$"),
        ("rollout restart deployment/web", "^deployment.apps/web restarted$"),
        ("rollout status deployment/web --timeout=90s", "successfully rolled out$"),
        ("rollout history deployment/web", @"^deployment.apps/web \nREVISION  CHANGE-CAUSE"),
        ("rollout undo deployment/web", "^deployment.apps/web rolled back$"),
        ("scale deployment/web --replicas=3 --current-replicas=2", "^deployment.apps/web scaled$"),
        ("rollout status deployment/web --timeout=90s", "successfully rolled out$"),
        ("label deployment web tier=front", "^deployment.apps/web labeled$"),
        ("label deployment web tier-", "^deployment.apps/web unlabeled$"),
        ("annotate deployment web note=here", "^deployment.apps/web annotated$"),
        ("patch deployment web --type=json -p=[{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":2}]", "^deployment.apps/web patched$"),
        ("taint node a key=value:NoSchedule", "^node/a tainted$"),
        ("taint node a key-", "^node/a untainted$"),
        ("cordon a", "^node/a cordoned$"),
        ("get node a", "Ready,SchedulingDisabled"),
        ("uncordon a", "^node/a uncordoned$"),
        ("drain a --ignore-daemonsets --timeout=90s", "node/a drained$"),
        ("rollout status deployment/web --timeout=90s", "successfully rolled out$"),
        ("get pods -l app=web -o jsonpath={.items[*].spec.nodeName}", "^b b$"),
        ("delete deployment web --cascade=foreground --timeout=90s", "^deployment.apps \"web\" deleted"),
        ("get replicasets -l app=web -o name", "^$"),
        ("get pods -l app=web -o name", "^$"),
    ];

    private static readonly string[] Described =
    [
        "node/a", "namespace/default", "deployment/web", "service/web", "endpointslices", "pods", "replicasets", "job/hello", "cronjob/nightly", "hpa/web", "pdb/web",
        "quota/limit", "ingress/web", "configmap/settings", "secret/key", "serviceaccount/robot", "role/reader", "rolebinding/robot", "clusterrole/nodes",
        "priorityclass/high", "leases -n kube-node-lease",
    ];

    private static readonly (string Command, string Prints)[] Looking =
    [
        ("get all", "deployment.apps/web"),
        ("get deployments,replicasets,services,jobs,cronjobs,hpa,pdb,quota,ingress -o wide", "NAME"),
        ("get pods -o wide", @"^NAME +READY +STATUS +RESTARTS +AGE +IP +NODE +NOMINATED NODE +READINESS GATES\n"),
        ("get nodes -o wide", @"^NAME +STATUS +ROLES +AGE +VERSION +INTERNAL-IP +EXTERNAL-IP +OS-IMAGE +KERNEL-VERSION +CONTAINER-RUNTIME\n"),
        ("get events --sort-by=.lastTimestamp", "SuccessfulCreate"),
        ("events --for deployment/web", "ScalingReplicaSet"),
        ("api-resources --verbs=list", @"deployments +deploy +apps/v1 +true +Deployment"),
        ("api-versions", "autoscaling/v2"),
        ("explain cronjob.spec.jobTemplate.spec.template.spec.containers.env", "FIELD: env <"),
        ("auth can-i create deployments", "^yes$"),
        ("auth whoami", "kubernetes-admin|system:admin|admin"),
        ("version", "Server Version: v1"),
        ("cluster-info", "is running at"),
    ];

    private static readonly (string Command, string Error)[] Refused =
    [
        ("get pod nobody", "^Error from server \\(NotFound\\): pods \"nobody\" not found$"),
        ("create deployment web --image=nginx", "^error: failed to create deployment: deployments.apps \"web\" already exists$"),
        ("logs one", "^Error from server \\(BadRequest\\): pod \"one\" has no logs: the pods of this cluster are simulated and run nothing$"),
        ("exec one -- date", "cannot execute a command in pod \"one\": the pods of this cluster are simulated and run nothing$"),
        ("attach one", "cannot attach to pod \"one\": the pods of this cluster are simulated and run nothing$"),
        ("port-forward pod/one 0:80", "cannot forward ports to pod \"one\": the pods of this cluster are simulated and run nothing$"),
        ("top pods", "^error: Metrics API not available$"),
        ("scale deployment/web --replicas=1 --current-replicas=7", "Expected replicas to be 7, was 2"),
        ("run Bad_Name --image=nginx", "^The Pod \"Bad_Name\" is invalid: metadata.name: Invalid value: \"Bad_Name\": a lowercase RFC 1123 subdomain"),
        ("create service nodeport far --tcp=80 --node-port=80", "spec.ports\\[0\\].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767$"),
        ("set image deployment/web other=nginx", "^error: unable to find container named \"other\"$"),
    ];

    [Test]
    public async Task Create_ByEveryTypedCommand_PrintsWhatAClusterPrints()
    {
        await using var cluster = await KubectlCluster.StartAsync(new DevNode { Name = "a" }, new DevNode { Name = "b" });
        await RunAllAsync(cluster, Creating);
        Assert.That(await FailuresAsync(cluster, Looking), Is.Empty);
        Assert.That(await FailuresAsync(cluster, [.. Described.Select(static target => ($"describe {target}", "Name:"))]), Is.Empty);
        Assert.That(await RefusalsAsync(cluster), Is.Empty);
    }

    [Test]
    public async Task Change_ByEveryCommand_PrintsWhatAClusterPrints()
    {
        await using var cluster = await KubectlCluster.StartAsync(new DevNode { Name = "a" }, new DevNode { Name = "b" });
        await RunAllAsync(cluster, Changing);
    }

    private static async Task RunAllAsync(KubectlCluster cluster, (string Command, string Prints)[] commands)
    {
        foreach (var (command, prints) in commands)
        {
            Assert.That(await cluster.KubectlAsync(command.Split(' ')), Does.Match(prints), command);
        }
    }

    private static async Task<IReadOnlyList<string>> FailuresAsync(KubectlCluster cluster, (string Command, string Prints)[] commands)
    {
        var failures = new List<string>();
        foreach (var (command, prints) in commands)
        {
            var result = await cluster.TryKubectlAsync(command.Split(' '));
            if (result.ExitCode != 0 || !Regex.IsMatch(result.Output, prints, RegexOptions.None, KubectlCluster.Patience))
            {
                failures.Add($"{command}: {result.Error}{result.Output}");
            }
        }

        return failures;
    }

    private static async Task<IReadOnlyList<string>> RefusalsAsync(KubectlCluster cluster)
    {
        var failures = new List<string>();
        foreach (var (command, error) in Refused)
        {
            var result = await cluster.TryKubectlAsync(command.Split(' '));
            if (result.ExitCode == 0 || !Regex.IsMatch(result.Error.TrimEnd(), error, RegexOptions.None, KubectlCluster.Patience))
            {
                failures.Add($"{command}: {result.Error}{result.Output}");
            }
        }

        return failures;
    }
}
