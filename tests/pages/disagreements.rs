//! The disagreements between pages and the documents of the vendor, each with who is right.

use crate::answers::{Disagreement, Kind};

/// Who is right about a disagreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// The page, or both: they describe different editions of the service. The draft says what the page states.
    Page,
    /// The document. The page has a slip, or states it in words that were not read.
    Document,
}

/// Operations, a subject, the kind, and the verdict with its reason.
struct Entry {
    operations: &'static [&'static str],
    subjects: &'static [&'static str],
    kind: Kind,
    right: Right,
    reason: &'static str,
}

const KNOWN: &[Entry] = &[
    Entry {
        operations: &["CreatePort", "NeutronCreatePort", "NeutronUpdatePort"],
        subjects: &["body port.allowed_address_pairs.ip_address"],
        kind: Kind::Required,
        right: Right::Page,
        reason: "its table and its text say that a pair has an address",
    },
    Entry {
        operations: &["BatchAddServerNics", "CreatePostPaidServers"],
        subjects: &["body nics.subnet_id", "body server.nics.subnet_id"],
        kind: Kind::Required,
        right: Right::Page,
        reason: "its table says Yes",
    },
    Entry {
        operations: &["ChangeServerOsWithCloudInit", "ReinstallServerWithCloudInit"],
        subjects: &["body os-change.keyname", "body os-reinstall.keyname", "body os-reinstall.userid"],
        kind: Kind::Required,
        right: Right::Page,
        reason: "its table says Yes; the vendor's other region also takes a password",
    },
    Entry {
        operations: &["ListSecurityGroups", "ListSecurityGroupRules"],
        subjects: &["query project_id"],
        kind: Kind::Name,
        right: Right::Page,
        reason: "its table of the query has it beside the one of the path",
    },
    Entry {
        operations: &["ListAddressGroup"],
        subjects: &["query description"],
        kind: Kind::Type,
        right: Right::Document,
        reason: "the table says Integer of a text",
    },
    Entry {
        operations: &["NeutronListSubnets"],
        subjects: &["query ip_version"],
        kind: Kind::Type,
        right: Right::Document,
        reason: "the table says String of a number; in the query both are the same text",
    },
    Entry {
        operations: &["NeutronListSecurityGroupRules"],
        subjects: &["query port_range_max", "query port_range_min"],
        kind: Kind::Type,
        right: Right::Page,
        reason: "a port is a number; in the query both are the same text",
    },
    Entry {
        operations: &["ListFlowLogs"],
        subjects: &["query limit"],
        kind: Kind::Type,
        right: Right::Page,
        reason: "the number of records is a number",
    },
    Entry {
        operations: &["NovaListFlavorsDetails"],
        subjects: &["query minDisk", "query minRam"],
        kind: Kind::Type,
        right: Right::Document,
        reason: "the table says String of a size in GB and MB",
    },
    Entry {
        operations: &["ListPorts", "ListSecurityGroups"],
        subjects: &["query id"],
        kind: Kind::Type,
        right: Right::Document,
        reason: "the table says String; the parameter may be repeated",
    },
    Entry {
        operations: &["NeutronListFirewallGroups", "NeutronListFirewallPolicies", "NeutronListFirewallRules"],
        subjects: &["query description", "query id", "query name"],
        kind: Kind::Type,
        right: Right::Document,
        reason: "the table says String; the parameter may be repeated",
    },
    Entry {
        operations: &["NeutronCreateFirewallRule", "NeutronUpdateFirewallRule"],
        subjects: &["body firewall_rule.action"],
        kind: Kind::Values,
        right: Right::Page,
        reason: "its examples have the small letters too",
    },
    Entry {
        operations: &["ShowQuota"],
        subjects: &["query type"],
        kind: Kind::Values,
        right: Right::Page,
        reason: "another edition: the page has other kinds of resources",
    },
    Entry {
        operations: &["CreateSubnet", "UpdateSubnet"],
        subjects: &["body subnet.extra_dhcp_opts.opt_name"],
        kind: Kind::Values,
        right: Right::Page,
        reason: "another edition: it allows `ntp` only",
    },
    Entry {
        operations: &["CreatePostPaidServers"],
        subjects: &["body server.data_volumes.volumetype", "body server.root_volume.volumetype"],
        kind: Kind::Values,
        right: Right::Page,
        reason: "another edition: it has fewer types of disks",
    },
    Entry {
        operations: &["NovaListServers", "NovaListServersDetails"],
        subjects: &["query status", "query sort_key"],
        kind: Kind::Values,
        right: Right::Page,
        reason: "another edition: it has other values",
    },
    Entry {
        operations: &["ListVpcPeerings", "ListFlowLogs", "ListPorts", "CreateVpcRoute"],
        subjects: &["query status", "query device_owner", "body route.type"],
        kind: Kind::Values,
        right: Right::Document,
        reason: "the page has the values only in the table of the response",
    },
    Entry {
        operations: &["DetachServerVolume"],
        subjects: &["query delete_flag"],
        kind: Kind::Values,
        right: Right::Document,
        reason: "the page has the values in prose that names one after the other",
    },
];

/// Returns the verdict about a disagreement; `None` if nobody has looked at it.
pub fn verdict(found: &Disagreement) -> Option<(Right, &'static str)> {
    match found.kind {
        Kind::Name if found.document.is_empty() => return Some((Right::Page, "the document does not have it")),
        Kind::Values if found.document == "-" => return Some((Right::Page, "the document leaves the values open")),
        _ => {}
    }
    let is_same = |entry: &&Entry| {
        entry.kind == found.kind
            && entry.operations.contains(&found.operation.as_str())
            && entry.subjects.contains(&found.subject.as_str())
    };
    KNOWN.iter().find(is_same).map(|entry| (entry.right, entry.reason))
}
