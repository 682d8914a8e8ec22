/** A resource type of one's own: mailboxes, with a table in the manager's memory. */
package org.example.mailbox;
